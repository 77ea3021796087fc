/** What the actions of the library share: what was given to them, and what must not lie in the store. */
import type { StoreApi } from '../base/store.ts';
import { isAbort, toPlainError } from '../../domain/errors.ts';
import type { ModelPlan } from '../../domain/model/plan.ts';
import { libraryKey, type StoredModel } from '../../domain/model/stored-model.ts';
import type { ModelWorker } from '../../engine/model-protocol.ts';
import type { ModelsPage } from './hooks.ts';
import type { ModelsState, ModelWork } from './models-state.ts';
import type { ModelEntry } from '../../domain/model/model.ts';

export interface ModelsDeps {
  readonly app: ModelsPage;
  readonly createWorker: () => ModelWorker;
  /** `navigator.storage`; undefined over plain http. */
  readonly persistence: Pick<StorageManager, 'persist' | 'persisted'> | undefined;
  /** Calls `listener` whenever models are stored or deleted, here or in another tab. */
  readonly onLibraryChange: (listener: () => void) => void;
  /** Calls `listener` when the network is back. */
  readonly onOnline: (listener: () => void) => void;
}

export interface ModelsContext {
  readonly deps: ModelsDeps;
  readonly store: StoreApi<ModelsState>;
  /** Starts the weights' worker when it is first needed. */
  readonly worker: () => ModelWorker;
  readonly refresh: () => Promise<void>;
  /** What is under way, by row key. */
  readonly running: Map<string, AbortController>;
  /** What was last downloaded, by row key: so that "try again" knows of what. */
  readonly plans: Map<string, ModelPlan>;
}

/** Only a model that is whole can be chosen. */
export function entryOf({ plan, state }: StoredModel): ModelEntry[] {
  const { id, revision, card } = plan;
  return state.kind === 'ready' ? [{ ref: { id, revision, source: { kind: 'stored' } }, card }] : [];
}

export function setWork({ store }: ModelsContext, key: string, work: ModelWork | null): void {
  store.setState((state) => {
    const others = Object.entries(state.work).filter(([other]) => other !== key);
    return { work: Object.fromEntries(work ? [...others, [key, work] as const] : others) };
  });
}

/**
 * One thing at a time with each model. The last word lies in the store: nothing after success or a cancel, else the failure.
 * Resolves to what `task` gave, or null.
 */
export async function withWork<T>(
  context: ModelsContext,
  key: string,
  begin: ModelWork,
  task: (signal: AbortSignal) => Promise<T>,
): Promise<T | null> {
  const { running } = context;
  if (running.has(key)) return null;
  const controller = new AbortController();
  running.set(key, controller);
  setWork(context, key, begin);
  try {
    const result = await task(controller.signal);
    setWork(context, key, null);
    return result;
  } catch (error) {
    const plan = context.plans.get(key) ?? null;
    setWork(context, key, isAbort(error) ? null : { kind: 'failed', error: toPlainError(error), plan });
    return null;
  } finally {
    running.delete(key);
    await context.refresh();
  }
}

/**
 * Asked when there is something worth keeping. Some browsers put the question to the person, who may leave it open for as long as they like:
 * nothing waits for the answer, and a no changes nothing but what is told.
 */
export function askToPersist({ deps, store }: ModelsContext): void {
  void deps.persistence?.persist().then(
    (persisted) => store.setState({ persisted }),
    // Where pages may not even ask.
    () => undefined,
  );
}

/** Marks a model as one that goes when the sheet closes. */
export function leave({ store }: ModelsContext, { plan }: StoredModel): void {
  store.setState(({ leaving }) => ({ leaving: [...leaving, libraryKey(plan)] }));
}
