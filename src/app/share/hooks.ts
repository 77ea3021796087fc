import { pageHooks } from '../base/page-hooks.tsx';
import type { Slice } from '../base/slice.ts';
import type { PreferencesSlice } from '../base/preferences.ts';
import type { ToastSlice } from '../base/toasts.ts';
import type { PageActions } from '../engine/page-actions.ts';

/** What this room sees of the page. */
export interface SharePage {
  readonly store: Slice<ToastSlice & PreferencesSlice>;
  readonly actions: Pick<PageActions, 'tell' | 'prefer'>;
}

export const { useActions, useAppState } = pageHooks<SharePage>();
