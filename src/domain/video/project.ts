/** A film as the person makes it: what is saved, exported, put into the MP4, and drawn in the storyboard. */
import type { CaptionSize } from './caption-size.ts';
import type { Fitting } from './fitting.ts';
import { gifDefaults, type GifSettings } from './gif.ts';
import type { MotionId } from './motion.ts';
import type { FilmShape, TransitionMode } from './plan.ts';
import { framesIn } from './rates.ts';
import { defaultInBetweens, type Transition } from './transitions/transitions.ts';
import type { Speed } from '../diffusion/fast/speeds.ts';
import type { SamplerId } from '../diffusion/samplers/choices.ts';

export const projectVersion = 1;

/** A picture of a film; its pixels (a PNG) are kept apart, under `assetId`. */
export interface MadePicture {
  readonly assetId: string;
  /** `pictureKey` of what made it: when the scene now asks for another key, the picture is out of date. */
  readonly key: string;
}

export type ScenePicture =
  ({ readonly kind: 'made' } & MadePicture) | { readonly kind: 'own'; readonly assetId: string };

export interface FilmScene {
  readonly id: string;
  readonly prompt: string;
  readonly picture: ScenePicture | null;
  /** The kind of machine that made its picture, where that was not this device. */
  readonly machine?: string;
  /** Never made again while locked. */
  readonly locked: boolean;
  /** Null in these: the film's own. */
  readonly seed: number | null;
  readonly durationSec: number | null;
  readonly motion: MotionId | null;
  /** Null: the prompt. Empty: none. */
  readonly caption: string | null;
  /** To the next scene; the last scene's is not used. Null: the film's. */
  readonly transition: Transition | null;
  /** Pictures between this scene and the next, for `morph`. */
  readonly inBetweens: readonly MadePicture[];
}

export interface FilmMusic {
  readonly assetId: string;
  readonly name: string;
  /** Of the file's own loudness, 0 to 100. */
  readonly volumePercent: number;
  /** Seconds into the file at which the film begins. */
  readonly startSec: number;
}

export interface FilmProject {
  readonly version: typeof projectVersion;
  readonly id: string;
  readonly title: string;
  readonly scenes: readonly FilmScene[];
  /** The character that stays the same; woven into every scene's prompt. */
  readonly hero: string;
  readonly style: string;
  readonly negativePrompt: string;
  /** `common`: all scenes share the starting noise. `per-scene`: each has a seed of its own, derived from this one and its id. */
  readonly seedMode: 'common' | 'per-scene';
  readonly seed: number;
  readonly steps: number;
  readonly guidanceScale: number;
  readonly sampler: SamplerId | 'model';
  readonly speed: Speed;
  readonly width: number;
  readonly height: number;
  readonly fps: number;
  readonly sceneDurationSec: number;
  readonly transition: Transition;
  readonly transitionMode: TransitionMode;
  readonly motion: MotionId;
  /** Of pictures of another shape than the film's. */
  readonly fitting: Fitting;
  readonly captioned: boolean;
  readonly captionSize: CaptionSize;
  readonly music: FilmMusic | null;
  /** What plays after it, one piece after the other; then the first begins again. */
  readonly musicAfter: readonly FilmMusic[];
  /** A sound track without a sound where there is no music, in MP4. */
  readonly silentTrack: boolean;
  /** How it becomes a GIF. */
  readonly gif: GifSettings;
}

/** The contract's defaults. */
export const filmDefaults = {
  steps: 25,
  width: 512,
  height: 512,
  fps: 24,
  sceneDurationSec: 3,
  transition: { kind: 'cross-fade', frames: 12, inBetweens: defaultInBetweens },
  transitionMode: 'insert',
  motion: 'still',
} as const satisfies Partial<FilmProject>;

export function newScene(id: string, prompt = ''): FilmScene {
  return {
    id,
    prompt,
    picture: null,
    locked: false,
    seed: null,
    durationSec: null,
    motion: null,
    caption: null,
    transition: null,
    inBetweens: [],
  };
}

export function newProject(id: string, seed: number, scenes: readonly FilmScene[]): FilmProject {
  return {
    version: projectVersion,
    id,
    title: '',
    scenes,
    hero: '',
    style: '',
    negativePrompt: '',
    seedMode: 'common',
    seed,
    guidanceScale: 7.5,
    sampler: 'model',
    speed: 'exact',
    fitting: 'fill',
    captioned: false,
    captionSize: 'normal',
    music: null,
    musicAfter: [],
    silentTrack: true,
    gif: gifDefaults,
    ...filmDefaults,
  };
}

export const sceneTransition = (project: FilmProject, scene: FilmScene) =>
  scene.transition ?? project.transition;

export const sceneDurationSec = (project: FilmProject, scene: FilmScene) =>
  scene.durationSec ?? project.sceneDurationSec;

export const sceneCaption = (project: FilmProject, scene: FilmScene) =>
  project.captioned ? (scene.caption ?? scene.prompt).trim() : '';

/** All pieces of music, in their order. */
export const musicPieces = ({ music, musicAfter }: Pick<FilmProject, 'music' | 'musicAfter'>) =>
  music === null ? [] : [music, ...musicAfter];

/** The project with these pieces of music. */
export function withMusic(project: FilmProject, pieces: readonly FilmMusic[]): FilmProject {
  return { ...project, music: pieces[0] ?? null, musicAfter: pieces.slice(1) };
}

/** What the timeline needs to know of a project. */
export function filmShape(project: FilmProject): FilmShape {
  return {
    fps: project.fps,
    mode: project.transitionMode,
    captionSize: project.captionSize,
    scenes: project.scenes.map((scene) => ({
      frames: framesIn(sceneDurationSec(project, scene), project.fps),
      motion: scene.motion ?? project.motion,
      caption: sceneCaption(project, scene),
    })),
    transitions: project.scenes.slice(0, -1).map((scene, index) => ({
      ...sceneTransition(project, scene),
      inBetweens: inBetweenCount(project, index),
    })),
  };
}

/** How many pictures lie between scene `index` and the next. An own picture has no prompt to go from or to: a morph cross-fades then. */
export function inBetweenCount(project: FilmProject, index: number): number {
  const [scene, next] = [project.scenes[index], project.scenes[index + 1]];
  if (!scene || !next || scene.picture?.kind === 'own' || next.picture?.kind === 'own') return 0;
  const transition = sceneTransition(project, scene);
  return transition.kind === 'morph' && transition.frames > 0 ? transition.inBetweens : 0;
}
