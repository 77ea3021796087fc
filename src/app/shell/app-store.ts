import { createStore, type StoreApi } from '../base/store.ts';
import { AppError } from '../../domain/errors.ts';
import type { AppContext, AppDeps } from './app-context.ts';
import type { AppState } from './app-state.ts';
import { draftActions } from '../picture/draft-actions.ts';
import { editActions, type EditActions } from '../picture/edit-actions.ts';
import { defaultDraft } from '../picture/draft.ts';
import { createEngineHost, type EngineHost } from '../engine/engine-host.ts';
import { loadEncodeTimings } from '../making/encode-timings.ts';
import { followChosenModel } from '../picture/follow-model.ts';
import { machineEntry } from '../machines/machine-state.ts';
import { loadMachines } from '../machines/own-machines.ts';
import { keepActions } from '../making/keep-works.ts';
import { createTurns, type Turns } from '../engine/turns.ts';
import { leftActions } from '../queue/queue-left.ts';
import { emptyQueue } from '../queue/queue-state.ts';
import { createQueue, type Queue, type QueueDeps } from '../queue/queue.ts';
import { machineActions, type MachineActions } from '../machines/machine-actions.ts';
import { followMachines } from '../models/follow-machines.ts';
import { modelActions } from '../models/model-actions.ts';
import { pageActions } from '../engine/page-actions.ts';
import { loadLists } from '../picture/kept-lists.ts';
import { listActions } from '../picture/list-actions.ts';
import { pictureActions } from '../picture/picture-actions.ts';
import { runPictureJob } from '../picture/picture-job.ts';
import { createPreview, type Preview } from '../making/preview.ts';
import { runActions } from '../picture/run-actions.ts';
import { loadSaved, storeSaved } from './saved.ts';
import { sourceActions } from '../picture/source-actions.ts';
import { showToast } from '../base/toasts.ts';
import type { GalleryKeeping } from '../gallery/hooks.ts';

export type AppActions = ReturnType<typeof draftActions> &
  ReturnType<typeof runActions> &
  ReturnType<typeof pictureActions> &
  ReturnType<typeof sourceActions> &
  ReturnType<typeof listActions> &
  EditActions &
  ReturnType<typeof pageActions> &
  ReturnType<typeof keepActions> &
  ReturnType<typeof modelActions> &
  ReturnType<typeof leftActions> &
  MachineActions;

export interface AppStore {
  readonly store: StoreApi<AppState>;
  readonly actions: AppActions;
  /** The picture in the making, drawn past the store. */
  readonly preview: Preview;
  /** For everything else that wants the engine: one turn at a time. */
  readonly turns: Turns;
  /** What the person has asked for, one after the other. */
  readonly queue: Queue;
  readonly host: EngineHost;
  readonly now: () => number;
  readonly keeping: GalleryKeeping | undefined;
  /** For the stores of other screens, which share its turns, engine and toasts. */
  readonly context: AppContext;
}

export function createAppStore(deps: AppDeps): AppStore {
  const store = createStore<AppState>(() => initialState(deps));
  const host = createEngineHost(deps.createEngine, () => {
    // Open calls reject too and tell what happened; the next one starts a fresh worker.
    deps.modelLock?.release();
    store.setState({ engine: { status: 'asleep' } });
  });
  const open = {
    source: null,
    editing: null,
    run: null,
    lastPicture: null,
    toastActions: new Map(),
    toastEnds: new Map(),
    lastId: 0,
  };
  const turns = createTurns();
  const run: QueueDeps['run'] = (job, tools) => {
    if (job.kind === 'picture') return runPictureJob(context, job, tools);
    return deps.runFilm?.(job, tools) ?? Promise.reject(new AppError('internal', 'No films here.'));
  };
  const context: AppContext = {
    deps,
    store,
    host,
    turns,
    queue: createQueue({
      store,
      turns,
      keeping: deps.queue,
      newId: () => `${deps.queue?.owner.me ?? 'page'}-${++context.open.lastId}`,
      run,
      tell: (message, actions) => showToast(context, message, actions),
    }),
    preview: createPreview(),
    kept: new Map(),
    open,
  };
  followChosenModel(context);
  followMachines(context);
  saveChanges(context);
  const actions = {
    ...draftActions(context),
    ...runActions(context),
    ...pictureActions(context),
    ...sourceActions(context),
    ...listActions(context),
    ...editActions(context),
    ...pageActions(context),
    ...keepActions(context),
    ...modelActions(context),
    ...leftActions(context),
    ...machineActions(context),
  };
  const { preview, queue } = context;
  return { store, actions, preview, turns, queue, host, now: deps.now, keeping: deps.keeping, context };
}

function initialState({ models: given, storage, backendOverride }: AppDeps): AppState {
  const saved = loadSaved(storage);
  const others = saved.models.filter((kept) => !given.some(({ ref }) => ref.id === kept.ref.id));
  const machines = loadMachines(storage);
  const models = [...given, ...others, ...machines.map((machine) => machineEntry(machine))];
  const model = models.find(({ ref }) => ref.id === saved.modelId) ?? models[0]!;
  return {
    models,
    machines,
    modelId: model.ref.id,
    draft: { ...defaultDraft(model.card), ...saved.draft },
    submitted: false,
    tokens: null,
    source: null,
    sourceProblem: null,
    editing: null,
    preferences: saved.preferences,
    backendOverride,
    engine: { status: 'asleep' },
    run: { status: 'idle' },
    pictures: [],
    view: { kind: 'live' },
    notices: [],
    toasts: [],
    timings: saved.timings,
    encodeTimings: loadEncodeTimings(storage),
    queue: emptyQueue,
    modelsSheet: null,
    shownText: null,
    lists: loadLists(storage),
    listSheet: null,
  };
}

const savedKeys = ['draft', 'preferences', 'timings', 'models', 'modelId'] as const;

function saveChanges({ store, deps }: AppContext): void {
  store.subscribe((state, before) => {
    if (savedKeys.every((key) => state[key] === before[key])) return;
    const { draft, preferences, timings, modelId } = state;
    const models = state.models.filter(({ ref }) => ref.source.kind === 'stored');
    storeSaved(deps.storage, { draft, preferences, timings, models, modelId });
  });
}
