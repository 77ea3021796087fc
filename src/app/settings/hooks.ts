import { pageHooks } from '../base/page-hooks.tsx';
import type { EngineFactory } from '../engine/engine-host.ts';
import type { Turns } from '../engine/turns.ts';
import type { GalleryPage } from '../gallery/hooks.ts';

/** What this room sees of the page. */
export interface SettingsPage extends GalleryPage {
  readonly turns: Turns;
  readonly context: GalleryPage['context'] & { readonly deps: { readonly createEngine: EngineFactory } };
}

export const { useApp, useAppState, useActions } = pageHooks<SettingsPage>();
