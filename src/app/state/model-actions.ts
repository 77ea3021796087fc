/** Which model draws. The list of what can be chosen comes from the shelf (`models-store.ts`); the choice outlives the visit. */
import { showToast, type AppContext } from './app-context.ts';
import { currentModel, type ModelEntry } from './app-state.ts';
import { followModel } from './follow-model.ts';

export function modelActions(context: AppContext) {
  const { store } = context;
  return {
    /** Opens the sheet of models; with an id, that model is looked for. */
    openModels: (wanted: string | null = null) => store.setState({ modelsSheet: { wanted } }),
    closeModels: () => store.setState({ modelsSheet: null }),
    /** Another model draws from now on; settings follow it. It is loaded when it is next needed. */
    useModel: (entry: ModelEntry) => useModel(context, entry),
    /** What is on the shelf now. A chosen model that is gone gives way to the first. */
    setModels: (kept: readonly ModelEntry[]) => {
      const { models } = store.getState();
      const others = models.filter((model) => model.ref.source.kind !== 'stored');
      const next = [...others, ...kept];
      const current = currentModel(store.getState());
      const gone = !next.some((model) => model.ref.id === current.ref.id);
      store.setState({ models: gone ? [...next, current] : next });
      if (!gone) return;
      useModel(context, models[0]!);
      store.setState({ models: next });
      showToast(
        context,
        `${current.card.name} is no longer in this browser; ${models[0]!.card.name} draws now.`,
      );
    },
  };
}

function useModel({ store }: AppContext, entry: ModelEntry): void {
  const { models, draft, engine } = store.getState();
  const before = currentModel(store.getState());
  const known = models.filter((model) => model.ref.id !== entry.ref.id);
  const at = models.findIndex((model) => model.ref.id === entry.ref.id);
  store.setState({
    models: known.toSpliced(at < 0 ? known.length : at, 0, entry),
    modelId: entry.ref.id,
    draft: followModel(draft, before.card, entry.card),
    submitted: false,
    tokens: null,
    engine: engine.status === 'loading' ? engine : { status: 'asleep' },
  });
}
