import { isAbort, toPlainError } from '../../domain/errors.ts';
import type { ModelEntry } from '../../domain/model/model.ts';
import type { ExpectedPicture, LoadEvent, LoadedModel } from '../../engine/protocol.ts';
import { showToast } from '../base/toasts.ts';
import { addNotice } from '../engine/engine-state.ts';
import { message } from '../words/message.ts';
import type { Maker, MakingContext } from './making-context.ts';

/** Opens a model (at once when it is already), with `ready` for such a picture, and tells the store. Throws as the engine's `load`. */
export async function loadModel(
  context: MakingContext,
  { model: entry, backend, ready }: Maker & { readonly ready?: ExpectedPicture },
  signal: AbortSignal,
  onEvent: (event: LoadEvent) => void = () => undefined,
): Promise<LoadedModel> {
  const { store, host } = context;
  const model = entry.ref;
  const before = store.getState().engine;
  if (before.status !== 'ready') store.setState({ engine: { status: 'loading', now: { phase: 'waiting' } } });
  try {
    await lockModel(context, entry, signal);
    const loaded = await host
      .engine()
      .call('load', { model, backend, ...(ready && { ready }) }, { signal, onEvent: told(context, onEvent) });
    store.setState({ engine: { status: 'ready', model: loaded } });
    if (model.source.kind === 'http') context.deps.modelLock?.release();
    return loaded;
  } catch (error) {
    const engine = isAbort(error) ? before : ({ status: 'failed', error: toPlainError(error) } as const);
    store.setState({ engine });
    throw error;
  }
}

/** The built-in model is small; of the others, only one tab has one at a time. */
async function lockModel(
  context: MakingContext,
  { ref, card }: ModelEntry,
  signal: AbortSignal,
): Promise<void> {
  const { modelLock } = context.deps;
  if (!modelLock || ref.source.kind === 'http') return;
  let waiting = true;
  // As long as it waits, the way out stays on the screen.
  const offer = () =>
    showToast(
      context,
      message('modelWaits', card.name),
      [{ label: message('useHere'), run: () => modelLock.takeOver() }],
      () => waiting && offer(),
    );
  await modelLock.acquire(signal, offer).finally(() => (waiting = false));
}

const told = (context: MakingContext, onEvent: (event: LoadEvent) => void) => (event: LoadEvent) => {
  if (event.phase === 'notice') addNotice(context.store, event.notice);
  else context.store.setState({ engine: { status: 'loading', now: event } });
  onEvent(event);
};
