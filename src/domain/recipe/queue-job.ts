/** One job of the queue, as it was asked for. Plain data: it is stored as it is. */
import type { Speed } from '../diffusion/fast/speeds.ts';
import type { FilmProject } from '../video/project.ts';
import type { Inpainting } from '../diffusion/edit/inpainting.ts';
import type { GridAxis } from './grid/grid.ts';
import { settingsOfPicture, type ImageSettings } from '../diffusion/image-settings.ts';

interface CommonJob {
  /** What the line calls it: the prompt, or the film's title. */
  readonly label: string;
  readonly model: { readonly id: string; readonly revision: string };
  readonly backend: 'auto' | 'webgpu' | 'wasm';
}

export interface PictureJob extends CommonJob {
  readonly kind: 'picture';
  /** Picture i has `settingsOfPicture(settings, i)`. */
  readonly settings: ImageSettings;
  readonly count: number;
  /** So many of them are finished and kept. */
  readonly made: number;
  /** Image-to-image; the source's bytes lie beside the job. */
  readonly source: JobSource | null;
  /** All of them become one sheet: along the top, at the left. `count` is that of its cells. */
  readonly grid?: readonly GridAxis[];
}

export interface JobSource {
  readonly name: string;
  readonly strength: number;
  /** Its id in the gallery, where it is there. */
  readonly from?: string;
  /** Only a part of it is drawn. */
  readonly inpaint?: InpaintJob;
}

/** How a part is drawn, and which: the mask is as large as the source, packed by `packMask`. */
export interface InpaintJob extends Inpainting {
  readonly width: number;
  readonly height: number;
  readonly mask: Uint8Array;
}

export interface FilmJob extends CommonJob {
  readonly kind: 'film';
  /** The storyboard as it was. */
  readonly project: FilmProject;
  /** Null: only the pictures. */
  readonly format: 'mp4' | 'webm' | 'gif' | 'png-zip' | null;
  readonly encoder: 'auto' | 'ffmpeg';
  readonly cost: FilmCost;
}

/** From which the time that it takes follows, once this device has been measured. */
export interface FilmCost {
  readonly pictures: number;
  readonly steps: number;
  readonly width: number;
  readonly height: number;
  readonly guidanceScale: number;
  readonly speed?: Speed;
  readonly encodeSec: number;
}

export type QueueJob = PictureJob | FilmJob;

/** What is still to be made of it. */
export function restOfPictures({ settings, count, made }: PictureJob): {
  readonly settings: ImageSettings;
  readonly count: number;
} {
  return { settings: settingsOfPicture(settings, made), count: count - made };
}

/** All of it lies in the gallery: the page ended before it could be forgotten. */
export const isMade = (job: QueueJob): boolean => job.kind === 'picture' && job.made >= job.count;
