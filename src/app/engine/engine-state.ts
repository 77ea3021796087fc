/** What the page knows of its engine. */
import type { PlainError } from '../../domain/errors.ts';
import type { EngineNotice, LoadedModel } from '../../engine/protocol.ts';
import type { Slice } from '../base/slice.ts';
import type { Phase } from './progress.ts';

export type EngineState =
  | { readonly status: 'asleep' }
  | { readonly status: 'loading'; readonly now: Phase }
  | { readonly status: 'ready'; readonly model: LoadedModel }
  | { readonly status: 'failed'; readonly error: PlainError };

export interface EngineSlice {
  readonly engine: EngineState;
  readonly notices: readonly EngineNotice[];
}

/** The model that is loaded now. */
export function loadedModel(store: Slice<EngineSlice>): LoadedModel | null {
  const { engine } = store.getState();
  return engine.status === 'ready' ? engine.model : null;
}

/** The latest of each kind is enough. */
export function addNotice(store: Slice<EngineSlice>, notice: EngineNotice): void {
  store.setState(({ notices }) => ({
    notices: [...notices.filter((other) => other.kind !== notice.kind), notice],
  }));
}
