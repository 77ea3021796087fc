/** A picture is made larger and kept beside the old one. */
import { usualDetail, type EnlargeScale } from '../../domain/diffusion/edit/enlarging.ts';
import { isRestorable } from '../../domain/recipe/found-recipe.ts';
import type { ImageRecipe } from '../../domain/recipe/recipe.ts';
import { drawSeed } from '../base/random.ts';
import { showToast } from '../base/toasts.ts';
import { enlargePicture, type EnlargedPicture, type WantedEnlarging } from '../making/enlarge-picture.ts';
import { keepWork } from '../making/keep-works.ts';
import { chosenModel, sizeRules } from '../models/chosen-model.ts';
import { draftSettings } from '../picture/draft.ts';
import type { PictureContext } from '../picture/picture-context.ts';
import type { EditedPicture } from '../picture/picture-state.ts';
import { message } from '../words/message.ts';

/** How much of it is done; the end by the store's clock, once it can be told. */
export interface EnlargeProgress {
  readonly fraction: number;
  readonly expectedEndMs: number | null;
}

/** How, as the person puts it. Prompt and strength are for `detail` alone. */
export interface EnlargeWay {
  readonly how: 'filter' | 'detail';
  readonly prompt: string;
  readonly strength: number;
}

interface Asked {
  readonly picture: EditedPicture;
  readonly file: Blob;
  readonly scale: EnlargeScale;
  readonly way: EnlargeWay;
}

/** The filter is there at once; what draws waits for its turn at the model. Throws as `enlargePicture`. */
export async function enlargeInTurn(
  context: PictureContext,
  { picture, file, scale, way }: Asked,
  signal: AbortSignal,
  onProgress: (progress: EnlargeProgress) => void,
): Promise<void> {
  const by = way.how === 'filter' ? { how: 'filter' as const } : detailBy(context, way);
  const run = (now: AbortSignal) => enlargeAndKeep(context, picture, { file, scale, by }, now, onProgress);
  if (way.how === 'filter') return run(signal);
  const turn = context.turns.add({ kind: 'picture', first: true, run });
  signal.addEventListener('abort', () => turn.cancel(), { once: true });
  return turn.done;
}

/** With all settings under Advanced, in tiles of the size that the model was trained on. */
function detailBy(context: PictureContext, { prompt, strength }: EnlargeWay): WantedEnlarging['by'] {
  const { store, deps } = context;
  const { draft } = store.getState();
  const { nativeWidth, nativeHeight } = sizeRules(store.getState());
  const seed = draft.seedLocked ? draft.seed : drawSeed(deps.random);
  const drawn = draftSettings({
    ...draft,
    prompt,
    seed,
    width: nativeWidth,
    height: nativeHeight,
    hires: undefined,
  });
  const { overlapPx } = usualDetail;
  return { how: 'detail', settings: drawn, strength, overlapPx, ...chosenModel(context) };
}

async function enlargeAndKeep(
  context: PictureContext,
  { name, prompt, from }: EditedPicture,
  wanted: Omit<WantedEnlarging, 'recipe'>,
  signal: AbortSignal,
  onProgress: (progress: EnlargeProgress) => void,
): Promise<void> {
  const { deps } = context;
  const beganMs = deps.now();
  const recipe = await recipeOf(context, wanted.file);
  const made = await enlargePicture(context, { ...wanted, recipe }, signal, (event) => {
    if (event.phase !== 'tiles') return;
    const fraction = event.done / event.total;
    const spentMs = deps.now() - beganMs;
    onProgress({ fraction, expectedEndMs: fraction > 0 ? beganMs + spentMs / fraction : null });
  });
  const work = keep(context, made, { text: recipe?.settings.prompt ?? prompt, from });
  const seconds = (deps.now() - beganMs) / 1000;
  if (made.recipe) show(context, made, { recipe: made.recipe, before: wanted.file, name, seconds, work });
  else showToast(context, message('enlarged', name, made.width, made.height));
}

/** Its id in the gallery; null where it could not be kept, which is told. */
function keep(
  context: PictureContext,
  { file, recipe, width, height }: EnlargedPicture,
  { text, from }: { readonly text: string; readonly from: string | null },
): Promise<string | null> {
  const work = { kind: 'image', text, recipe, width, height, file, preview: file } as const;
  return keepWork(context, { ...work, ...(from !== null && { from }) });
}

interface Shown {
  readonly recipe: ImageRecipe;
  readonly before: Blob;
  readonly name: string;
  readonly seconds: number;
  readonly work: Promise<string | null>;
}

/** In front of the person's eyes, with the one before at hand. */
function show(
  context: PictureContext,
  { file, width, height }: EnlargedPicture,
  { recipe, before, name, seconds, work }: Shown,
): void {
  const { store, deps, kept, open } = context;
  const id = `picture-${++open.lastId}`;
  kept.set(id, { file, source: { file: before, name, strength: 0 }, work });
  const picture = { id, url: deps.images.createUrl(file), recipe, width, height, began: true, seconds };
  store.setState(({ pictures }) => ({ pictures: [picture, ...pictures], view: { kind: 'picture', id } }));
}

/** Null where the file does not tell, or tells of another program. */
async function recipeOf({ deps }: PictureContext, file: Blob): Promise<ImageRecipe | null> {
  const found = await deps.images.readRecipe(file);
  return isRestorable(found) && found.kind === 'exact' ? found.recipe : null;
}
