/** What is wanted of a film's pictures, what each is made with, and which place it has. */
import type { ImageSettings } from '../../domain/diffusion/image-settings.ts';
import type { FilmModel, PictureTask } from '../../domain/video/pictures.ts';
import type { MadePicture } from './draw-pictures.ts';
import type { Maker } from './making-context.ts';
import type { DrawEvent, Drawing } from './picture-engine.ts';
import type { Told } from './tracker.ts';

export interface WantedFilmPictures extends Maker {
  readonly steps: number;
  /** What is missing or out of date by now: asked again before each picture, for a storyboard may be changed meanwhile. */
  readonly tasks: (model: FilmModel) => readonly PictureTask[];
  /** Called with each picture; the next one waits for it. */
  readonly keep: (task: PictureTask, file: Blob) => Promise<void>;
}

export interface FilmPictureFacts {
  readonly onProgress: (told: Told) => void;
  /** This one is next. */
  readonly onTask?: (task: PictureTask) => void;
  /** For the picture in the making. */
  readonly onEvent?: (event: DrawEvent) => void;
}

export const isSamePlace = (a: PictureTask, b: PictureTask) =>
  a.sceneId === b.sceneId && a.kind === b.kind && indexOf(a) === indexOf(b);

const indexOf = (task: PictureTask) => (task.kind === 'in-between' ? task.index : -1);

/** Those of the scene itself, or of the scene before. */
export const firstSettings = (task: PictureTask): ImageSettings =>
  task.kind === 'scene' ? task.settings : task.settings.from;

export function drawingOf(task: PictureTask): Pick<Drawing, 'settings' | 'morph'> {
  if (task.kind === 'scene') return { settings: task.settings };
  const { from, to, amount } = task.settings;
  const { prompt, negativePrompt, seed } = to;
  return { settings: from, morph: { prompt, negativePrompt, seed, amount } };
}

/** As it is kept: with what made it. */
export function madeTask(task: PictureTask, { recipe: { machine } }: MadePicture): PictureTask {
  return task.kind === 'scene' && machine ? { ...task, machine: machine.kind } : task;
}
