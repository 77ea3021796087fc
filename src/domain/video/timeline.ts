import type { CaptionSize } from './caption-size.ts';
import { mixRects, viewAt, type Rect } from './motion.ts';
import type { FilmPlan, Segment } from './plan.ts';
import { transitionLook, transitionProgress } from './transitions/transitions.ts';
import { plainPlacement, type Placement } from './transitions/look.ts';

/** In-between pictures are counted from 1: 0 would be the scene before, `inBetweens + 1` the scene after. */
export type PictureRef =
  | { readonly kind: 'scene'; readonly scene: number }
  | { readonly kind: 'in-between'; readonly after: number; readonly index: number };

export interface Layer extends Placement {
  readonly picture: PictureRef;
  /** The part of the picture that is shown. */
  readonly view: Rect;
}

export interface CaptionLayer {
  readonly text: string;
  readonly size: CaptionSize;
  readonly opacity: number;
}

/** Everything that is on one frame. Equal descriptions make equal pixels. */
export interface FrameDescription {
  readonly ground: 'black' | 'white';
  /** Painted in order. */
  readonly layers: readonly [Layer] | readonly [Layer, Layer];
  readonly captions: readonly CaptionLayer[];
}

/** What is on frame `index`, 0 … totalFrames − 1 (beyond: the nearest of these)? */
export function frameAt(plan: FilmPlan, index: number): FrameDescription {
  const frame = Math.max(0, Math.min(plan.totalFrames - 1, Math.floor(index)));
  const segment = segmentAt(plan.segments, frame);
  if (segment.kind === 'transition') return transitionFrame(plan, segment, frame);
  return {
    ground: 'black',
    layers: [sceneLayer(plan, segment.scene, frame, plainPlacement)],
    captions: captionsOf(plan, [[segment.scene, 1]]),
  };
}

function transitionFrame(
  plan: FilmPlan,
  segment: Segment & { kind: 'transition' },
  frame: number,
): FrameDescription {
  const { after, start, end } = segment;
  const { kind } = plan.shape.transitions[after]!;
  const alpha = transitionProgress(frame - start, end - start);
  const captions = captionsOf(plan, [
    [after, 1 - alpha],
    [after + 1, alpha],
  ]);
  if (kind === 'morph') return { ground: 'black', layers: morphLayers(plan, after, frame, alpha), captions };
  const { ground, from, to } = transitionLook(kind, alpha);
  const fromLayer = from && sceneLayer(plan, after, frame, from);
  const toLayer = to && sceneLayer(plan, after + 1, frame, to);
  const layers =
    fromLayer && toLayer ? ([fromLayer, toLayer] as const) : ([(fromLayer ?? toLayer)!] as const);
  return { ground, layers, captions };
}

/** The two pictures next to α in the row scene, in-between 1 … k, scene, mixed by what lies between them. */
function morphLayers(
  plan: FilmPlan,
  after: number,
  frame: number,
  alpha: number,
): FrameDescription['layers'] {
  const { inBetweens } = plan.shape.transitions[after]!;
  const view = mixRects(sceneView(plan, after, frame), sceneView(plan, after + 1, frame), alpha);
  const position = alpha * (inBetweens + 1);
  const left = Math.floor(position);
  const layer = (index: number, opacity: number): Layer => ({
    ...plainPlacement,
    picture: morphPicture(after, index, inBetweens),
    view,
    opacity,
  });
  if (position === left) return [layer(left, 1)];
  return [layer(left, 1), layer(left + 1, position - left)];
}

function morphPicture(after: number, index: number, inBetweens: number): PictureRef {
  if (index <= 0) return { kind: 'scene', scene: after };
  if (index > inBetweens) return { kind: 'scene', scene: after + 1 };
  return { kind: 'in-between', after, index };
}

function sceneLayer(plan: FilmPlan, scene: number, frame: number, placement: Placement): Layer {
  return { ...placement, picture: { kind: 'scene', scene }, view: sceneView(plan, scene, frame) };
}

/** Motion has one clock for the whole time that a scene can be seen, so it goes on through transitions. */
function sceneView(plan: FilmPlan, scene: number, frame: number): Rect {
  const { start, end } = plan.visible[scene]!;
  const phase = end - start > 1 ? (frame - start) / (end - start - 1) : 0;
  return viewAt(plan.shape.scenes[scene]!.motion, phase);
}

function captionsOf(plan: FilmPlan, shown: readonly (readonly [number, number])[]): CaptionLayer[] {
  return shown
    .map(([scene, opacity]) => ({
      text: plan.shape.scenes[scene]!.caption,
      size: plan.shape.captionSize,
      opacity,
    }))
    .filter(({ text, opacity }) => text !== '' && opacity > 0);
}

/** By halving: films have up to hundreds of segments and are asked for every frame. */
function segmentAt(segments: readonly Segment[], frame: number): Segment {
  let low = 0;
  let high = segments.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (segments[middle]!.end <= frame) low = middle + 1;
    else high = middle;
  }
  return segments[low]!;
}
