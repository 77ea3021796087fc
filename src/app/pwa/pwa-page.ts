import type { Turns } from '../engine/turns.ts';
import type { PictureContext } from '../picture/picture-context.ts';
import type { PicturePage } from '../picture/hooks.ts';

/** What this room sees of the page. */
export interface PwaPage extends PicturePage {
  readonly turns: Turns;
  readonly context: PictureContext;
}
