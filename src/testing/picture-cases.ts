/** Own files in the forms that other programs write, with what should come out (`e2e/cases/pictures`). */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, inflateSync } from 'node:zlib';
import { readRecipe, type RecipeTools } from '../app/making/read-recipe.ts';
import type { ImageSettings } from '../domain/diffusion/image-settings.ts';

const folder = process.env['PICTURE_CASES'] ?? join(import.meta.dirname, '../../e2e/cases/pictures');

export interface PictureCase {
  readonly settings?: Partial<ImageSettings>;
  readonly strength?: number | null;
  readonly told?: string;
}

export const pictureCases = (): readonly (readonly [name: string, expected: PictureCase])[] => {
  const text = readFileSync(join(folder, 'expected.json'), 'utf8');
  return Object.entries((JSON.parse(text) as { cases: Record<string, PictureCase> }).cases);
};

export const nodeTools: RecipeTools = {
  inflate: (data, maxOutputLength) => Promise.resolve(inflateSync(data, { maxOutputLength })),
  gunzip: (data, maxOutputLength) => Promise.resolve(gunzipSync(data, { maxOutputLength })),
  pixels: () => Promise.resolve(null),
};

export const readCase = (name: string) =>
  readRecipe(new Uint8Array(readFileSync(join(folder, name))), nodeTools);
