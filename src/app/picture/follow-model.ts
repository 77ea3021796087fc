import type { ModelCard } from '../../domain/model/card.ts';
import type { Slice } from '../base/slice.ts';
import { currentModel, type ModelsSlice } from '../models/chosen-model.ts';
import type { Draft } from './draft.ts';
import type { PictureSlice } from './picture-state.ts';

/** Settings that a model recommends. */
const recommended = ['sampler', 'steps', 'guidanceScale'] as const;

/**
 * The draft after a change of model: what stood as the old model recommends it now stands as the new one does; what the person chose
 * stays. A size of their own keeps its shape and becomes one that the new model can draw.
 */
export function followModel(draft: Draft, from: ModelCard, to: ModelCard): Draft {
  const follows = recommended.filter((key) => draft[key] === from.defaults[key]);
  const changed = Object.fromEntries(follows.map((key) => [key, to.defaults[key]])) as Partial<Draft>;
  return { ...draft, ...changed, ...sizeFor(draft, from, to) };
}

/** Sides grow with the area that the model was trained at: 256 × 384 of a 256 model is 512 × 768 of a 512 one. */
function sizeFor({ width, height }: Draft, from: ModelCard, to: ModelCard): Pick<Draft, 'width' | 'height'> {
  const factor = Math.sqrt(
    (to.defaults.width * to.defaults.height) / (from.defaults.width * from.defaults.height),
  );
  // A field that is empty or wrong stays so, with its problem beside it.
  const fit = (side: number) =>
    Number.isFinite(side)
      ? Math.max(1, Math.round((side * factor) / to.sizeMultiple)) * to.sizeMultiple
      : side;
  return { width: fit(width), height: fit(height) };
}

/** From now on, settings follow whichever model draws. */
export function followChosenModel({ store }: { readonly store: Slice<PictureSlice & ModelsSlice> }): void {
  store.subscribe((state, before) => {
    if (state.models === before.models && state.modelId === before.modelId) return;
    const [now, was] = [currentModel(state), currentModel(before)];
    if (now.ref.id === was.ref.id && now.ref.revision === was.ref.revision) return;
    store.setState(({ draft }) => ({
      draft: followModel(draft, was.card, now.card),
      submitted: false,
      tokens: null,
    }));
  });
}
