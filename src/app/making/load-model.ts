import { isAbort, toPlainError } from '../../domain/errors.ts';
import type { BackendChoice, EngineNotice, LoadEvent, LoadedModel } from '../../engine/protocol.ts';
import { showToast, type AppContext } from '../shell/app-context.ts';
import { currentBackend, currentModel, type ModelEntry } from '../shell/app-state.ts';
import { message } from '../words/message.ts';

export interface ChosenModel {
  readonly model: ModelEntry;
  readonly backend: BackendChoice;
}

/** What the person has chosen now. */
export function chosenModel({ store }: AppContext): ChosenModel {
  const state = store.getState();
  return { model: currentModel(state), backend: currentBackend(state) };
}

/** Makes a model ready (at once when it is already) and tells the store. Throws as the engine's `load`. */
export async function loadModel(
  context: AppContext,
  signal: AbortSignal,
  onEvent: (event: LoadEvent) => void = () => undefined,
  { model: entry, backend }: ChosenModel = chosenModel(context),
): Promise<LoadedModel> {
  const { store, host } = context;
  const model = entry.ref;
  const before = store.getState().engine;
  if (before.status !== 'ready') store.setState({ engine: { status: 'loading', now: { phase: 'waiting' } } });
  try {
    await holdModel(context, entry, signal);
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
async function holdModel(context: AppContext, { ref, card }: ModelEntry, signal: AbortSignal): Promise<void> {
  const { hold } = context.deps;
  if (!hold || ref.source.kind === 'http') return;
  let waiting = true;
  // As long as it waits, the way out stays on the screen.
  const offer = () =>
    showToast(
      context,
      message('modelWaits', card.name),
      [{ label: message('useHere'), run: () => hold.takeOver() }],
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
