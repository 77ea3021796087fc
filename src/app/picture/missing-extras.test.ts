import { expect, it } from 'vitest';
import { createStore } from '../base/store.ts';
import type { Extra } from '../../domain/model/extra.ts';
import { AppError } from '../../domain/errors.ts';
import { inEnglish } from '../../testing/english.ts';
import { robotRecipe } from '../../testing/recipes.ts';
import type { Toast, ToastAction } from '../base/toasts.ts';
import type { PictureContext } from './picture-context.ts';
import { tellMissingExtras } from './missing-extras.ts';
import type { Restorable } from '../../domain/recipe/found-recipe.ts';

const extra = (kind: Extra['kind'], name: string, alias?: string): Extra => ({
  kind,
  name,
  ...(alias && { alias }),
  fileName: `${name}.safetensors`,
  sizeBytes: 1,
  sha256: '',
});

const ours = (prompt: string, names: readonly string[] = []): Restorable => ({
  kind: 'exact',
  text: '',
  recipe: {
    ...robotRecipe,
    settings: { ...robotRecipe.settings, prompt },
    extras: names.map((name) => ({ kind: 'embedding', name, hash: '' })),
  },
});

async function told(recipe: Restorable, extras: PictureContext['deps']['extras']) {
  const store = createStore<{ toasts: readonly Toast[]; modelsSheet: unknown }>(() => ({
    toasts: [],
    modelsSheet: null,
  }));
  const open = { toastActions: new Map<number, readonly ToastAction[]>(), toastEnds: new Map(), lastId: 0 };
  await tellMissingExtras({ store, open, deps: { extras } } as unknown as PictureContext, recipe);
  const [toast] = store.getState().toasts;
  return {
    text: toast && inEnglish(toast.message),
    act: () => open.toastActions.get(1)![0]!.run(),
    sheet: () => store.getState().modelsSheet,
  };
}

it('what a recipe calls and this browser lacks is named, and can be added', async () => {
  const known = [extra('lora', 'ink-v2', 'ink'), extra('embedding', 'frost')];
  const recipe = ours('a cat <lora:ink:0.5> <lora:lost:1>, easyneg', ['easyneg', 'frost']);
  const { text, act, sheet } = await told(recipe, () => Promise.resolve(known));
  expect(text).toContain('Not in this browser: the LoRA “lost”, the embedding “easyneg”.');
  act();
  expect(sheet()).toEqual({ wanted: null, atExtras: true });
});

it('another program’s recipe is looked through as well', async () => {
  const recipe: Restorable = {
    kind: 'restored',
    text: '',
    tool: 'AUTOMATIC1111',
    settings: { prompt: 'a cat <lora:ink:1>' },
    unreadable: {},
    notes: [{ kind: 'embedding', names: ['easyneg'] }],
  };
  const { text } = await told(recipe, () => Promise.resolve([]));
  expect(text).toContain('the LoRA “ink”, the embedding “easyneg”');
});

it('nothing is said, or asked, where nothing is missing', async () => {
  const asked = () => Promise.reject(new AppError('internal', 'asked'));
  expect((await told(ours('a cat'), asked)).text).toBeUndefined();
  const all = () => Promise.resolve([extra('lora', 'ink')]);
  expect((await told(ours('a cat <lora:INK:1>'), all)).text).toBeUndefined();
});

it('storage that does not answer is told', async () => {
  const failing = () => Promise.reject(new AppError('storage-failed', 'The storage does not answer.'));
  expect((await told(ours('a <lora:ink:1>'), failing)).text).toBe('The storage does not answer.');
});
