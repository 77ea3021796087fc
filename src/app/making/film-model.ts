import type { ModelEntry } from '../../domain/model/model.ts';
import type { FilmModel } from '../../domain/video/pictures.ts';
import type { OpenModel } from './picture-engine.ts';

/** What is known of a model; its own files, once it is loaded, know better than its card. */
export function filmModelOf({ ref, card }: ModelEntry, loaded: Omit<OpenModel, 'backend'> | null): FilmModel {
  const { id, revision } = ref;
  const { width, height } = card.defaults;
  const told = { nativeWidth: width, nativeHeight: height, sizeMultiple: card.sizeMultiple };
  const { nativeWidth, nativeHeight, sizeMultiple } = loaded?.id === id ? loaded : told;
  return { id, revision, nativeWidth, nativeHeight, sizeMultiple };
}
