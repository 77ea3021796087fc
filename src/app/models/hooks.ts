import { pageHooks } from '../base/page-hooks.tsx';
import type { PreferencesSlice } from '../base/preferences.ts';
import type { Slice } from '../base/slice.ts';
import type { ToastSlice } from '../base/toasts.ts';
import type { EngineSlice } from '../engine/engine-state.ts';
import type { PageActions } from '../engine/page-actions.ts';
import type { ModelsSlice } from './chosen-model.ts';
import type { ModelActions } from './model-actions.ts';

/** What this room sees of the page. */
export interface ModelsPage {
  readonly store: Slice<ModelsSlice & EngineSlice & PreferencesSlice & ToastSlice>;
  readonly actions: ModelActions & PageActions;
  readonly now: () => number;
}

export const { useAppState, useActions } = pageHooks<ModelsPage>();
