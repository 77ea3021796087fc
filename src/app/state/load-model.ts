import { isAbort, toPlainError } from '../../domain/errors.ts';
import type { EngineNotice, LoadEvent, LoadedModel } from '../../engine/protocol.ts';
import { showToast, type AppContext } from './app-context.ts';
import { currentBackend, currentModel } from './app-state.ts';

/** Makes the chosen model ready (at once when it is already) and tells the store. Throws as the engine's `load`. */
export async function loadModel(
  context: AppContext,
  signal: AbortSignal,
  onEvent: (event: LoadEvent) => void = () => undefined,
): Promise<LoadedModel> {
  const { store, host } = context;
  const model = currentModel(store.getState()).ref;
  const backend = currentBackend(store.getState());
  const before = store.getState().engine;
  if (before.status !== 'ready') store.setState({ engine: { status: 'loading', now: { phase: 'waiting' } } });
  try {
    await holdModel(context, signal);
    const loaded = await host
      .engine()
      .call('load', { model, backend }, { signal, onEvent: told(context, onEvent) });
    store.setState({ engine: { status: 'ready', model: loaded } });
    if (model.source.kind === 'http') context.deps.hold?.release();
    return loaded;
  } catch (error) {
    const engine = isAbort(error) ? before : ({ status: 'failed', error: toPlainError(error) } as const);
    store.setState({ engine });
    throw error;
  }
}

/** The built-in model is small; of the others, only one tab has one at a time. */
async function holdModel(context: AppContext, signal: AbortSignal): Promise<void> {
  const { hold } = context.deps;
  const { ref, card } = currentModel(context.store.getState());
  if (!hold || ref.source.kind === 'http') return;
  let waiting = true;
  // As long as it waits, the way out stays on the screen.
  const offer = () =>
    showToast(
      context,
      `${card.name} waits: another tab has a large model loaded.`,
      [{ label: 'Use it here', run: () => hold.takeOver() }],
      () => waiting && offer(),
    );
  await hold.acquire(signal, offer).finally(() => (waiting = false));
}

const told = (context: AppContext, onEvent: (event: LoadEvent) => void) => (event: LoadEvent) => {
  if (event.phase === 'notice') addNotice(context, event.notice);
  else context.store.setState({ engine: { status: 'loading', now: event } });
  onEvent(event);
};

/** The latest of each kind is enough. */
export function addNotice({ store }: AppContext, notice: EngineNotice): void {
  store.setState(({ notices }) => ({
    notices: [...notices.filter((other) => other.kind !== notice.kind), notice],
  }));
}
