import { pageHooks } from '../base/page-hooks.tsx';
import type { Slice } from '../base/slice.ts';
import type { PageActions } from '../engine/page-actions.ts';
import type { KeepActions } from '../making/keep-works.ts';
import type { QueueKeeping } from '../queue/queue-keeping.ts';
import type { FilmApp, FilmView } from './film-context.ts';

/** What this room sees of the page. */
export interface FilmPage {
  readonly store: Slice<FilmView>;
  readonly actions: PageActions & KeepActions;
  readonly context: FilmApp & { readonly deps: { readonly queue?: QueueKeeping } };
}

export const { useApp, useAppState, useActions } = pageHooks<FilmPage>();
