import { pageHooks } from '../base/page-hooks.tsx';
import type { FilmPage } from '../film/hooks.ts';
import type { Keeping } from '../making/keep-works.ts';
import type { PicturePage } from '../picture/hooks.ts';
import type { Gallery } from './storage/gallery.ts';

export interface GalleryKeeping extends Keeping {
  gallery(): Promise<Gallery>;
}

/** What this room sees of the page. */
export interface GalleryPage extends FilmPage {
  readonly actions: FilmPage['actions'] & PicturePage['actions'];
  /** Undefined where what is made lives as long as the page. */
  readonly keeping: GalleryKeeping | undefined;
}

export const { useApp, useActions } = pageHooks<GalleryPage>();
