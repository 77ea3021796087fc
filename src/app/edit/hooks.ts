import { pageHooks } from '../base/page-hooks.tsx';
import type { PictureContext } from '../picture/picture-context.ts';
import type { PicturePage } from '../picture/hooks.ts';

/** What this room sees of the page. */
export interface EditPage extends PicturePage {
  readonly context: PictureContext;
}

export const { useApp, useAppState, useActions } = pageHooks<EditPage>();
