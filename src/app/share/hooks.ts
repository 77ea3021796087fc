import { pageHooks } from '../base/page-hooks.tsx';
import type { Slice } from '../base/slice.ts';
import type { ToastSlice } from '../base/toasts.ts';
import type { PageActions } from '../engine/page-actions.ts';

/** What this room sees of the page. */
export interface SharePage {
  readonly store: Slice<ToastSlice>;
  readonly actions: Pick<PageActions, 'tell'>;
}

export const { useActions } = pageHooks<SharePage>();
