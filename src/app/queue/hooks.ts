import { pageHooks } from '../base/page-hooks.tsx';
import type { Slice } from '../base/slice.ts';
import type { EngineSlice } from '../engine/engine-state.ts';
import type { TimingsSlice } from '../making/making-context.ts';
import type { LeftActions } from './queue-left.ts';
import type { QueueSlice } from './queue-state.ts';
import type { Queue } from './queue.ts';

/** What this room sees of the store. */
export type QueueView = QueueSlice & EngineSlice & TimingsSlice;

/** What this room sees of the page. */
export interface QueuePage {
  readonly store: Slice<QueueView>;
  readonly actions: LeftActions;
  readonly queue: Queue;
  readonly now: () => number;
}

export const { useApp, useAppState, useActions } = pageHooks<QueuePage>();
