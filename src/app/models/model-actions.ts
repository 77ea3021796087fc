/** Which model draws. The list of what can be chosen comes from the library (`models-store.ts`); the choice outlives the visit. */
import { message } from '../words/message.ts';
import { showToast, type ToastSlice } from '../base/toasts.ts';
import type { ModelEntry } from '../../domain/model/model.ts';
import type { Slice } from '../base/slice.ts';
import type { EngineSlice } from '../engine/engine-state.ts';
import type { MakingContext, TimingsSlice } from '../making/making-context.ts';
import { currentModel, type ModelsSlice } from './chosen-model.ts';

export interface ChoosingContext extends MakingContext {
  readonly store: Slice<ModelsSlice & EngineSlice & TimingsSlice & ToastSlice>;
}

export function modelActions(context: ChoosingContext) {
  const { store, turns, host, deps } = context;
  return {
    /** Opens the sheet of models; with an id, that model is looked for. */
    openModels: (wanted: string | null = null) => store.setState({ modelsSheet: { wanted } }),
    openExtras: () => store.setState({ modelsSheet: { wanted: null, atExtras: true } }),
    closeModels: () => store.setState({ modelsSheet: null }),
    /** Another tab wants to load a large model: when the jobs that wait are done, this one lets go of its own. */
    yieldModel: () =>
      turns.add({
        kind: 'unload',
        run: async () => {
          if (host.running()) await host.engine().call('unload', null);
          store.setState({ engine: { status: 'asleep' } });
          deps.modelLock?.release();
          showToast(context, message('modelTakenOver'));
        },
      }).done,
    /** Another model draws from now on; settings follow it. It is loaded when it is next needed. */
    chooseModel: (entry: ModelEntry) => chooseModel(context, entry),
    /** What is in the library now. A chosen model that is gone gives way to the first. */
    setModels: (kept: readonly ModelEntry[]) => {
      const { models } = store.getState();
      const others = models.filter((model) => model.ref.source.kind !== 'stored');
      const next = [...others, ...oneRevisionEach(kept, models)];
      const current = currentModel(store.getState());
      const gone = !next.some((model) => model.ref.id === current.ref.id);
      store.setState({ models: gone ? [...next, current] : next });
      if (!gone) return;
      chooseModel(context, models[0]!);
      store.setState({ models: next });
      showToast(context, message('modelGone', current.card.name, models[0]!.card.name));
    },
  };
}

/** Of several revisions of one model, the one that was chosen before; else the last. */
function oneRevisionEach(kept: readonly ModelEntry[], known: readonly ModelEntry[]): readonly ModelEntry[] {
  const chosen = new Map(known.map(({ ref }) => [ref.id, ref.revision]));
  const byId = new Map<string, ModelEntry>();
  for (const entry of kept) {
    const { id } = entry.ref;
    const better = byId.get(id);
    if (!better || better.ref.revision !== chosen.get(id)) byId.set(id, entry);
  }
  return [...byId.values()];
}

export function chooseModel(
  { store }: { readonly store: Slice<ModelsSlice & EngineSlice> },
  entry: ModelEntry,
): void {
  const { models, engine } = store.getState();
  const known = models.filter((model) => model.ref.id !== entry.ref.id);
  const at = models.findIndex((model) => model.ref.id === entry.ref.id);
  store.setState({
    models: known.toSpliced(at < 0 ? known.length : at, 0, entry),
    modelId: entry.ref.id,
    engine: engine.status === 'loading' ? engine : { status: 'asleep' },
  });
}

export type ModelActions = ReturnType<typeof modelActions>;
