/** From a picture file of any kind to what it tells of how it was made. Fetched when the first file needs it. */
import type { RgbaImage } from '../../domain/diffusion/image/image.ts';
import type { CarriedText } from '../../domain/recipe/carried.ts';
import { claimGenerator } from '../../domain/recipe/carriers/content-credentials.ts';
import { gifComments, isGif } from '../../domain/recipe/carriers/gif-comment.ts';
import { readStealth, type Gunzip } from '../../domain/recipe/carriers/stealth.ts';
import { claimKeyword, readFound } from '../../domain/recipe/found.ts';
import { isRestorable, type FoundRecipe } from '../../domain/recipe/found-recipe.ts';
import { isPng } from '../../domain/recipe/png-chunks.ts';
import { readPngTexts, type Inflate } from '../../domain/recipe/png-text.ts';

export interface RecipeTools {
  readonly inflate: Inflate;
  readonly gunzip: Gunzip;
  /** Null for a picture that is too large to look into, or cannot be decoded. */
  readonly pixels: (file: Uint8Array<ArrayBuffer>) => Promise<RgbaImage | null>;
}

/** Null when nothing is told. Throws `file-corrupt` for a damaged PNG, `file-unreadable` for a recipe of a later version. */
export async function readRecipe(
  file: Uint8Array<ArrayBuffer>,
  { inflate, gunzip, pixels }: RecipeTools,
): Promise<FoundRecipe | null> {
  const texts = isPng(file) ? await pngTexts(file, inflate) : [];
  const own = readFound(texts);
  if (own?.kind === 'exact') return own;
  const found = readFound([...(await otherTexts(file)), ...texts]);
  if (isRestorable(found)) return found;
  // Only then is it decoded: the copy in the pixels is what is left when a file's texts are gone.
  const image = await pixels(file);
  const hidden = image && (await readStealth(image, gunzip));
  return (hidden ? readFound([{ key: 'parameters', text: hidden }]) : null) ?? found;
}

async function pngTexts(file: Uint8Array, inflate: Inflate): Promise<readonly CarriedText[]> {
  const texts = await readPngTexts(file, inflate);
  return texts.map(({ keyword, text }) => ({ key: keyword, text }));
}

async function otherTexts(file: Uint8Array<ArrayBuffer>): Promise<readonly CarriedText[]> {
  const { tagTexts } = await import('./file-tags.ts');
  const by = claimGenerator(file);
  return [
    ...(await tagTexts(file)),
    ...(isGif(file) ? gifComments(file).map((text) => ({ key: 'parameters', text })) : []),
    ...(by === null ? [] : [{ key: claimKeyword, text: by }]),
  ];
}
