/** The library of models and what is done with it. It outlives the sheet: a download goes on while pictures are made. */
import { createStore, type StoreApi } from '../base/store.ts';
import { toPlainError } from '../../domain/errors.ts';
import type { StoredModel } from '../../domain/model/stored-model.ts';
import type { ModelWorker } from '../../engine/model-protocol.ts';
import { entryOf, type ModelsContext, type ModelsDeps } from './models-context.ts';
import { downloadActions } from './models-download.ts';
import { extraActions } from './models-extras.ts';
import { findActions } from './models-find.ts';
import { libraryActions } from './models-library.ts';
import { storedAtMs, emptyModels, type ModelsState } from './models-state.ts';

export type ModelsActions = ReturnType<typeof modelsActions>;

export interface ModelsStore {
  readonly store: StoreApi<ModelsState>;
  readonly actions: ModelsActions;
}

export function createModelsStore(deps: ModelsDeps): ModelsStore {
  const store = createStore<ModelsState>(() => emptyModels);
  let current: ModelWorker | null = null;
  const worker = () => (current ??= deps.createWorker());
  const refresh = () => readLibrary(deps, store, worker);
  const context: ModelsContext = { deps, store, worker, refresh, running: new Map(), plans: new Map() };
  const actions = modelsActions(context);
  deps.onLibraryChange(() => void refresh());
  deps.onOnline(() => actions.resumeAll());
  void refresh();
  void tellDevice(context);
  return { store, actions };
}

function modelsActions(context: ModelsContext) {
  return {
    ...downloadActions(context),
    ...libraryActions(context),
    ...findActions(context),
    ...extraActions(context),
  };
}

async function readLibrary(
  { app, persistence }: ModelsDeps,
  store: StoreApi<ModelsState>,
  worker: () => ModelWorker,
): Promise<void> {
  try {
    const library = await worker().call('listModels', null);
    app.actions.setModels(oldestFirst(library.models).flatMap(entryOf));
    const persisted = (await persistence?.persisted()) ?? null;
    store.setState({ load: { status: 'ready' }, library, persisted });
  } catch (error) {
    store.setState({ load: { status: 'failed', error: toPlainError(error) } });
  }
}

const oldestFirst = (models: readonly StoredModel[]) =>
  [...models].sort((a, b) => storedAtMs(a) - storedAtMs(b));

async function tellDevice({ deps, store }: ModelsContext): Promise<void> {
  try {
    store.setState({ device: await deps.app.actions.probe() });
  } catch (error) {
    store.setState({ load: { status: 'failed', error: toPlainError(error) } });
  }
}
