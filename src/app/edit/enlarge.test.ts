import { expect, test } from 'vitest';
import { openApiPage } from '../../testing/api-page.ts';
import { inEnglish } from '../../testing/english.ts';
import { robotRecipe } from '../../testing/recipes.ts';
import type { ImageRecipe } from '../../domain/recipe/recipe.ts';
import { loadedModel } from '../../testing/held-engine.ts';
import type { NewWork } from '../making/new-work.ts';
import { enlargeInTurn, type EnlargeProgress, type EnlargeWay } from './enlarge.ts';

const file = new Blob(['a picture'], { type: 'image/png' });

function openPage(recipe: ImageRecipe | null) {
  const kept: NewWork[] = [];
  const page = openApiPage({
    keeping: {
      gallery: () =>
        Promise.resolve({
          add: (work: NewWork) => {
            kept.push(work);
            return Promise.resolve({ id: 'new' });
          },
        } as never),
      usage: () => Promise.resolve(null),
    },
    images: {
      measure: () => Promise.resolve({ width: 30, height: 20 }),
      decode: (_, { width, height }) =>
        Promise.resolve({ width, height, data: new Uint8ClampedArray(width * height * 4) }),
      readRecipe: () => Promise.resolve(recipe && { kind: 'exact', recipe, text: '' }),
      pngOfRows: () =>
        Promise.resolve({ add: () => undefined, file: () => Promise.resolve(new Blob(['large'])) }),
    },
  });
  const told: EnlargeProgress[] = [];
  const stop = new AbortController();
  const picture = {
    ...{
      url: '',
      name: 'mine',
      width: 30,
      height: 20,
      tool: 'enlarge' as const,
      prompt: 'as in the draft',
      from: 'old',
    },
  };
  const start = (way: Partial<EnlargeWay> = {}) =>
    enlargeInTurn(
      page.app.context,
      { picture, file, scale: 2, way: { how: 'filter', prompt: 'more', strength: 0.4, ...way } },
      stop.signal,
      (progress) => told.push(progress),
    );
  return { ...page, kept, told, stop, start };
}

const done = { width: 60, height: 40, backend: null, extras: [] };

test('a picture of ours is larger, with its recipe, beside the old one, from which the gallery knows it came', async () => {
  const page = openPage(robotRecipe);
  const enlarged = page.start();
  const call = await page.held.next('enlarge');
  expect(call.params).toMatchObject({ scale: 2, by: { how: 'filter' }, image: { width: 30, height: 20 } });
  call.emit({ phase: 'tiles', stage: 'filter', done: 1, total: 4 });
  call.resolve(done);
  await enlarged;
  expect(page.told.map(({ fraction }) => fraction)).toEqual([0.25]);
  const [picture] = page.app.store.getState().pictures;
  expect(picture).toMatchObject({ width: 60, height: 40, began: true });
  expect(picture!.recipe.enlarged).toEqual({ how: 'filter', scale: 2 });
  expect(page.kept).toMatchObject([
    { width: 60, height: 40, from: 'old', text: robotRecipe.settings.prompt },
  ]);
});

test('one that tells nothing of how it was made goes to the gallery, and that is said', async () => {
  const page = openPage(null);
  const enlarged = page.start();
  (await page.held.next('enlarge')).resolve(done);
  await enlarged;
  expect(page.app.store.getState().pictures).toEqual([]);
  expect(page.kept).toMatchObject([{ recipe: null, text: 'as in the draft' }]);
  expect(page.app.store.getState().toasts.map(({ message }) => inEnglish(message))).toEqual([
    '“mine” now has 60 × 40 pixels. It is in the gallery.',
  ]);
});

test('detail is drawn with the prompt and the strength that were asked for, and a cancel keeps nothing', async () => {
  const page = openPage(robotRecipe);
  const enlarged = page.start({ how: 'detail' });
  void page.held.next('load').then((call) => call.resolve(loadedModel));
  const call = await page.held.next('enlarge');
  expect(call.params.by).toMatchObject({
    how: 'detail',
    strength: 0.4,
    settings: { prompt: 'more', width: 256 },
  });
  page.stop.abort();
  await expect(enlarged).rejects.toMatchObject({ name: 'AbortError' });
  expect([page.kept, page.app.store.getState().pictures]).toEqual([[], []]);
});
