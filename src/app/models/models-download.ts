import { toPlainError, type PlainError } from '../../domain/errors.ts';
import type { CatalogueModel } from '../../domain/model/catalogue.ts';
import type { ModelPlan } from '../../domain/model/plan.ts';
import { addSample, paceOf, type TransferSample } from '../../domain/model/transfer.ts';
import type { DownloadEvent } from '../../engine/model-protocol.ts';
import { rowKey, type ModelWork } from './models-state.ts';
import { askToPersist, entryOf, leave, setWork, withWork, type ModelsContext } from './models-context.ts';
import { message } from '../words/message.ts';

/** Enough to fill most connections; more would only keep more half-done files. */
const parallelFiles = 2;

export function downloadActions(context: ModelsContext) {
  const { deps, store, running } = context;

  const fetchPlan = async (plan: ModelPlan, signal: AbortSignal): Promise<void> => {
    const key = rowKey(plan);
    const worker = context.worker();
    context.plans.set(key, plan);
    setWork(context, key, beginning(plan));
    const params = { plan, parallel: parallelFiles };
    const stored = await worker.call('downloadModel', params, {
      signal,
      onEvent: progressTeller(context, key),
    });
    // What was downloaded on purpose is meant to be used; a picture in the making goes on with its own model.
    entryOf(stored).forEach(deps.app.actions.chooseModel);
    deps.app.actions.tell(message('modelReadyOffline', plan.card.name));
  };

  const cancelled = new Set<string>();

  const begin = async (key: string, work: ModelWork, task: (signal: AbortSignal) => Promise<void>) => {
    cancelled.delete(key);
    if (!running.has(key)) askToPersist(context);
    await withWork(context, key, work, task);
    const left = store
      .getState()
      .library.models.find(({ plan, state }) => state.kind === 'partial' && rowKey(plan) === key);
    if (cancelled.delete(key) && left) leave(context, left);
  };

  const download = (plan: ModelPlan): void =>
    void begin(rowKey(plan), beginning(plan), (signal) => fetchPlan(plan, signal));

  return {
    download,
    /** Asks the hub what there is, then fetches it. */
    downloadEntry: (entry: CatalogueModel): void =>
      void begin(entry.key, { kind: 'inspecting' }, async (signal) =>
        fetchPlan(await planOfEntry(context, entry, signal), signal),
      ),
    /** What came stays. */
    pause: (key: string) => {
      const work = store.getState().work[key];
      if (work?.kind === 'downloading') setWork(context, key, { ...work, pausing: true });
      running.get(key)?.abort();
    },
    /** What came goes too, when the sheet closes. */
    cancel: (key: string) => {
      running.get(key)?.abort();
      cancelled.add(key);
    },
    /** What the network broke off goes on when it is back. */
    resumeAll: () => {
      for (const [key, work] of Object.entries(store.getState().work)) {
        if (work.kind !== 'failed' || work.error.code !== 'offline') continue;
        if (work.plan) download(work.plan);
        else setWork(context, key, null);
      }
    },
    /** Without keeping it: for those who have the memory, but not the room. */
    runFromMemory: (plan: ModelPlan) => {
      const { id, revision, card } = plan;
      deps.app.actions.chooseModel({ ref: { id, revision, source: { kind: 'hub', plan } }, card });
      setWork(context, rowKey(plan), null);
    },
    dismissWork: (key: string) => setWork(context, key, null),
  };
}

const beginning = (plan: ModelPlan): ModelWork => ({
  kind: 'downloading',
  loadedBytes: 0,
  totalBytes: plan.totalBytes,
  pace: null,
  elsewhere: false,
  waiting: null,
  pausing: false,
});

function progressTeller(context: ModelsContext, key: string): (event: DownloadEvent) => void {
  const { deps, store } = context;
  let samples: readonly TransferSample[] = [];
  return (event) => {
    const work = store.getState().work[key];
    if (work?.kind !== 'downloading') return;
    if (event.kind === 'waiting') {
      setWork(context, key, { ...work, waiting: event.error });
      return;
    }
    const { loadedBytes, totalBytes } = event;
    samples = addSample(samples, { atMs: deps.app.now(), loadedBytes });
    const pace = paceOf(samples, totalBytes);
    const elsewhere = event.kind === 'elsewhere';
    setWork(context, key, { ...work, loadedBytes, totalBytes, pace, elsewhere, waiting: null });
  };
}

/** The first source that answers. */
async function planOfEntry(
  { deps, worker }: ModelsContext,
  entry: CatalogueModel,
  signal: AbortSignal,
): Promise<ModelPlan> {
  const { hubUrl } = deps.app.store.getState().preferences;
  const [first, ...others] = entry.sources;
  const ask = async ({ repository, folder, revision }: (typeof entry.sources)[number]) => {
    const plans = await worker().call(
      'inspectRepository',
      { repository, folder, revision, hubUrl },
      { signal },
    );
    return plans[0]!;
  };
  try {
    return await ask(first);
  } catch (error) {
    for (const source of elsewhere(toPlainError(error)) ? others : []) {
      const plan = await ask(source).catch(() => null);
      if (plan) return plan;
    }
    throw error;
  }
}

/** Whether another repository may have what this one does not give. */
const elsewhere = ({ code }: PlainError) =>
  ['hub-gated', 'hub-not-found', 'model-incomplete', 'model-unsupported'].includes(code);
