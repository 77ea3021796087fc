/** How far a run is, and for how long it will go on. Facts come in, facts go out; words are made by the page. */
import type { ModelComponent } from '../../domain/model/model-file.ts';
import type { RgbaImage } from '../../domain/diffusion/image/image.ts';
import type { Backend, GenerateEvent, ImageTimings } from '../../engine/protocol.ts';

/** Of a picture that is too large to be decoded at once. */
export type Tiles = NonNullable<Extract<GenerateEvent, { phase: 'decode' }>['tiles']>;

/** On another machine. Null: it does not tell. */
interface Elsewhere {
  readonly phase: 'elsewhere';
  readonly now: 'sending' | 'drawing' | 'receiving';
  readonly step: number | null;
  readonly steps: number;
  /** 0 … 1, of this picture. */
  readonly fraction: number | null;
  readonly leftMs: number | null;
}

/** `place` 0: it is next. */
interface Queued {
  readonly phase: 'queued';
  readonly place: number | null;
  readonly leftMs: number | null;
}

/** What another machine tells, as the page goes on with it. */
export type ElsewhereEvent =
  | Queued
  | (Elsewhere & {
      readonly imageIndex: number;
      readonly imageCount: number;
      /** The picture so far. */
      readonly preview?: RgbaImage;
    });

type DrawEvent = GenerateEvent | ElsewhereEvent;

/** What is happening now. */
export type Phase =
  | { readonly phase: 'waiting' }
  | { readonly phase: 'download'; readonly loadedBytes: number; readonly totalBytes: number }
  | {
      readonly phase: 'session';
      readonly component: ModelComponent;
      readonly done: number;
      readonly total: number;
      /** It was there already, for another size or number of passes. */
      readonly again?: true;
    }
  | { readonly phase: 'encode' }
  | {
      readonly phase: 'denoise';
      readonly step: number;
      readonly steps: number;
      readonly call: number;
      readonly calls: number;
    }
  | { readonly phase: 'decode'; readonly tiles?: Tiles }
  /** One picture is done; the next one, if any, begins. */
  | { readonly phase: 'image' }
  /** Several machines make pictures at once. */
  | { readonly phase: 'spread'; readonly machines: number }
  | Queued
  | Elsewhere;

/** Times are measured for each. */
export type DrawnBy = Backend | 'elsewhere';

/** Measured on this device, for one model, backend and size. */
export interface Timing {
  /** Of one call of the model. */
  readonly stepMs: number;
  readonly decodeMs: number;
}

export interface RunProgress {
  readonly now: Phase;
  /** 0-based index of the picture in the making; `imageCount` when all are done. */
  readonly imageIndex: number;
  readonly imageCount: number;
  /** 0 … 1; never falls, and is 1 when the last picture is there. */
  readonly fraction: number;
  /** Model calls for each picture: at first as the sampler's name lets expect, later what it really needs. */
  readonly calls: number;
  /** Null until this device has been measured. */
  readonly timing: Timing | null;
  /** Loading came first, and took this part of `fraction`. */
  readonly loadShare: number;
}

const loadShare = 0.25;
const downloadShare = 0.5;
/** Parts of one picture: the rest is for the steps. */
const encodeShare = 0.02;
const decodeShare = 0.05;

export function beginProgress(calls: number, imageCount: number, timing: Timing | null): RunProgress {
  return {
    now: { phase: 'waiting' },
    imageIndex: 0,
    imageCount,
    fraction: 0,
    calls,
    timing,
    loadShare: 0,
  };
}

/** `notice` events change nothing. */
export function advance(before: RunProgress, event: DrawEvent): RunProgress {
  if (event.phase === 'notice') return before;
  const after = applyFacts(before, event);
  return { ...after, fraction: Math.max(before.fraction, fractionOf(after, event)) };
}

function applyFacts(before: RunProgress, event: Exclude<DrawEvent, { phase: 'notice' }>): RunProgress {
  switch (event.phase) {
    case 'download':
    case 'session':
      // Loading again in mid-run (another backend takes over) has no part of its own.
      return {
        ...before,
        now: event,
        loadShare: before.fraction > before.loadShare ? before.loadShare : loadShare,
      };
    case 'encode':
      return { ...before, now: { phase: 'encode' } };
    case 'denoise': {
      const { imageIndex, step, steps, call, calls, callMs } = event;
      const now = { phase: 'denoise', step, steps, call, calls } as const;
      return {
        ...before,
        now,
        imageIndex,
        calls,
        timing: mixStep(before.timing, callMs, imageIndex === 0 && call === 1),
      };
    }
    case 'decode':
      return {
        ...before,
        now: { phase: 'decode', ...(event.tiles && { tiles: event.tiles }) },
        imageIndex: event.imageIndex,
      };
    case 'image':
      return {
        ...before,
        now: { phase: 'image' },
        imageIndex: event.imageIndex + 1,
        timing: timingAfter(before, event.timings),
      };
    case 'queued':
      return { ...before, now: event };
    case 'elsewhere': {
      const { now, step, steps, fraction, leftMs, imageIndex } = event;
      return { ...before, now: { phase: 'elsewhere', now, step, steps, fraction, leftMs }, imageIndex };
    }
  }
}

/** Another machine is measured by its whole pictures: when it told how far it was says little. */
function timingAfter({ now, timing, calls }: RunProgress, took: ImageTimings): Timing | null {
  if (now.phase === 'elsewhere') return { stepMs: took.denoiseMs / calls, decodeMs: 0 };
  return timing && { ...timing, decodeMs: took.decodeMs };
}

/** A moving average. The first step of a run warms caches and compiles shaders: it counts only when there is nothing else. */
function mixStep(timing: Timing | null, stepMs: number, first: boolean): Timing {
  if (!timing) return { stepMs, decodeMs: stepMs };
  return first ? timing : { ...timing, stepMs: 0.7 * timing.stepMs + 0.3 * stepMs };
}

function fractionOf(progress: RunProgress, event: DrawEvent): number {
  const { imageCount } = progress;
  const imageIndex = event.phase === 'image' ? event.imageIndex : progress.imageIndex;
  if (event.phase === 'download') {
    return event.totalBytes > 0
      ? progress.loadShare * downloadShare * (event.loadedBytes / event.totalBytes)
      : 0;
  }
  if (event.phase === 'session') {
    return progress.loadShare * (downloadShare + (1 - downloadShare) * (event.done / event.total));
  }
  const work = (imageIndex + pictureFraction(event)) / imageCount;
  return progress.loadShare + (1 - progress.loadShare) * work;
}

function pictureFraction(event: DrawEvent): number {
  if (event.phase === 'image') return 1;
  if (event.phase === 'decode') return 1 - decodeShare * (1 - doneOf(event.tiles));
  if (event.phase === 'elsewhere') return (1 - decodeShare) * (event.fraction ?? 0);
  if (event.phase !== 'denoise') return 0;
  return encodeShare + (1 - encodeShare - decodeShare) * (event.call / event.calls);
}

const doneOf = (tiles: Tiles | undefined) => (tiles ? tiles.done / tiles.total : 0);

/** Milliseconds still to go, without loading; null until a step has been measured. */
export function remainingMs({ now, imageIndex, imageCount, calls, timing }: RunProgress): number | null {
  const told = 'leftMs' in now ? now.leftMs : null;
  if (!timing) return imageCount - imageIndex === 1 ? told : null;
  if (imageIndex >= imageCount) return 0;
  const later = (imageCount - imageIndex - 1) * (calls * timing.stepMs + timing.decodeMs);
  if (now.phase === 'decode') return later + timing.decodeMs * (1 - doneOf(now.tiles));
  if (told !== null) return later + told;
  const callsLeft = now.phase === 'denoise' ? now.calls - now.call : calls;
  return later + callsLeft * timing.stepMs + timing.decodeMs;
}
