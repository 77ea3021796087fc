import type { ModelsPage } from './hooks.ts';
import { message } from '../words/message.ts';
import type { ModelEntry } from '../../domain/model/model.ts';
import { currentModel } from './chosen-model.ts';

interface Switched {
  readonly type: 'model-switched';
  readonly entry: ModelEntry;
}

/** A switch of model is told to the other tabs, which can follow; each keeps its own until then. */
export function followOtherTabs(
  { store, actions }: ModelsPage,
  channel: Pick<BroadcastChannel, 'postMessage' | 'addEventListener'>,
): void {
  let followed: string | null = null;

  store.subscribe((state, before) => {
    if (state.modelId === before.modelId || state.modelId === followed) return;
    const entry = currentModel(state);
    // What is only in the memory of this tab is no use to another.
    if (entry.ref.source.kind === 'hub') return;
    channel.postMessage({ type: 'model-switched', entry } satisfies Switched);
  });

  channel.addEventListener('message', ({ data }: MessageEvent<Switched>) => {
    if (data.type !== 'model-switched') return;
    const { entry } = data;
    if (currentModel(store.getState()).ref.id === entry.ref.id) return;
    const follow = () => {
      followed = entry.ref.id;
      actions.chooseModel(entry);
      followed = null;
    };
    actions.tell(message('modelOfOtherTab', entry.card.name), [
      { label: message('followModel'), run: follow },
    ]);
  });
}
