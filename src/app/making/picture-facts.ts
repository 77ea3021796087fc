import type { MadePicture } from './draw-pictures.ts';
import type { DrawEvent } from './picture-engine.ts';
import type { Told } from './tracker.ts';

/** What is told while pictures are made. */
export interface PictureFacts {
  readonly onProgress: (told: Told) => void;
  readonly onPicture: (made: MadePicture) => void;
  /** For the picture in the making. */
  readonly onEvent?: (event: DrawEvent) => void;
}
