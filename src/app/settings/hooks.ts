import { pageHooks } from '../base/page-hooks.tsx';
import type { Slice } from '../base/slice.ts';
import type { TextStorage } from '../base/text-storage.ts';
import type { EngineFactory } from '../engine/engine-host.ts';
import type { Turns } from '../engine/turns.ts';
import type { GalleryPage } from '../gallery/hooks.ts';
import type { MachineActions } from '../machines/machine-actions.ts';
import type { MachinesSlice } from '../machines/machine-state.ts';

/** What this room sees of the page. */
export interface SettingsPage extends GalleryPage {
  readonly store: Slice<ReturnType<GalleryPage['store']['getState']> & MachinesSlice>;
  readonly actions: GalleryPage['actions'] & MachineActions;
  readonly turns: Turns;
  readonly context: GalleryPage['context'] & {
    readonly deps: { readonly createEngine: EngineFactory; readonly storage: TextStorage };
  };
}

export const { useApp, useAppState, useActions } = pageHooks<SettingsPage>();
