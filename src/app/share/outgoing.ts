/** From a file as it is kept to the file that goes out. */
import { AppError } from '../../domain/errors.ts';
import type { ExifTexts } from '../../domain/recipe/carriers/exif.ts';
import { formatParameters } from '../../domain/recipe/parameters.ts';
import { recipeJson, type ImageRecipe } from '../../domain/recipe/recipe.ts';
import type { PictureFormat } from '../base/preferences.ts';

interface OutgoingPicture {
  readonly format: PictureFormat;
  readonly qualityPercent: number;
  /** Null: it goes without. */
  readonly recipe: ImageRecipe | null;
}

/** Films whose tags can be taken out. */
export const strippableFilms: readonly string[] = ['video/mp4', 'video/webm', 'image/gif'];

/** Throws `encoder-unavailable`, `out-of-memory`, and as the writers of texts. */
export async function outgoingPicture(png: Blob, wanted: OutgoingPicture): Promise<Blob> {
  const { format, recipe } = wanted;
  if (format === 'png') return recipe ? png : strippedPng(png);
  const type = `image/${format}`;
  const texts = recipe && exifTexts(recipe);
  if (format === 'avif') return new Blob([await avif(png, wanted.qualityPercent, texts)], { type });
  const encoded = await bytesOf(await encode(png, type, wanted.qualityPercent / 100));
  return new Blob([await withTexts(encoded, format, texts)], { type });
}

export async function outgoingFilm(film: Blob, withRecipe: boolean): Promise<Blob> {
  if (withRecipe) return film;
  const { stripFilm } = await import('../../domain/recipe/carriers/strip-film.ts');
  return new Blob([stripFilm(await bytesOf(film))], { type: film.type });
}

/** Browsers give a PNG where they cannot. */
export async function canEncode(format: PictureFormat): Promise<boolean> {
  if (format === 'avif') return (await import('./av1.ts')).canEncodeAv1();
  const type = `image/${format}`;
  const canvas = new OffscreenCanvas(1, 1);
  canvas.getContext('2d');
  return (await canvas.convertToBlob({ type })).type === type;
}

const exifTexts = (recipe: ImageRecipe): ExifTexts => ({
  comment: formatParameters(recipe),
  ownRecipe: recipeJson(recipe),
});

async function withTexts(
  file: Uint8Array,
  format: 'jpeg' | 'webp',
  texts: ExifTexts | null,
): Promise<Uint8Array<ArrayBuffer>> {
  if (format === 'jpeg') {
    const { jpegWith } = await import('../../domain/recipe/carriers/jpeg.ts');
    return jpegWith(file, texts);
  }
  const { webpWith } = await import('../../domain/recipe/carriers/webp-texts.ts');
  return webpWith(file, texts);
}

async function strippedPng(png: Blob): Promise<Blob> {
  const { stripRecipe } = await import('../../domain/recipe/png.ts');
  return new Blob([stripRecipe(await bytesOf(png))], { type: png.type });
}

async function avif(
  picture: Blob,
  qualityPercent: number,
  texts: ExifTexts | null,
): Promise<Uint8Array<ArrayBuffer>> {
  const { encodeAv1 } = await import('./av1.ts');
  const { avifWith } = await import('../../domain/recipe/carriers/avif.ts');
  const context = await onWhite(picture);
  const { width, height } = context.canvas;
  const av1 = await encodeAv1(context.getImageData(0, 0, width, height), qualityPercent);
  return avifWith({ width, height, av1 }, texts);
}

async function encode(picture: Blob, type: string, quality: number): Promise<Blob> {
  const { canvas } = await onWhite(picture);
  const encoded = await canvas.convertToBlob({ type, quality });
  if (encoded.type !== type) {
    throw new AppError('encoder-unavailable', `This browser cannot write ${type}.`);
  }
  return encoded;
}

async function onWhite(picture: Blob): Promise<OffscreenCanvasRenderingContext2D> {
  const bitmap = await createImageBitmap(picture);
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
  const context = canvas.getContext('2d');
  if (!context) throw new AppError('out-of-memory', 'The browser gave no canvas to draw on.');
  context.fillStyle = 'white';
  context.fillRect(0, 0, bitmap.width, bitmap.height);
  context.drawImage(bitmap, 0, 0);
  bitmap.close();
  return context;
}

const bytesOf = async (file: Blob) => new Uint8Array(await file.arrayBuffer());
