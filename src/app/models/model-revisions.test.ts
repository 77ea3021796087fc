import { beforeEach, describe, expect, test } from 'vitest';
import type { ImageRecipe } from '../../domain/recipe/recipe.ts';
import { heldEngine } from '../../testing/held-engine.ts';
import { createAppStore, type AppStore } from '../shell/app-store.ts';
import { inEnglish } from '../../testing/english.ts';
import type { ModelEntry } from '../../domain/model/model.ts';
import type { ImageFiles } from '../making/making-context.ts';
import { currentModel } from './chosen-model.ts';

const card = {
  name: 'Mini',
  description: '',
  licence: 'mit',
  defaults: { sampler: 'model', steps: 4, guidanceScale: 2, width: 128, height: 128 },
  sizeMultiple: 32,
  examples: [],
} as const;
const builtIn: ModelEntry = {
  ref: { id: 'built-in', revision: 'r', source: { kind: 'http', baseUrl: '', files: [] } },
  card: { ...card, name: 'Built-in' },
};
const mini = (revision: string): ModelEntry => ({
  ref: { id: 'someone/mini', revision, source: { kind: 'stored' } },
  card,
});
const old = mini('0123456789');
const recent = mini('9876543210');

let app: AppStore;

beforeEach(() => {
  app = createAppStore({
    models: [builtIn],
    createEngine: (onCrash) => heldEngine().create(onCrash),
    storage: { getItem: () => null, setItem: () => undefined, removeItem: () => undefined },
    images: {} as ImageFiles,
    appName: 'test',
    backendOverride: null,
    now: () => 0,
    random: () => 0,
    keepAwake: () => () => undefined,
    pause: () => Promise.resolve(),
    onPicture: () => undefined,
  });
});

const revisionInUse = () => currentModel(app.store.getState()).ref.revision;

describe('two revisions of one model in the library', () => {
  test('the one that was stored last can be chosen', () => {
    app.actions.setModels([old, recent]);
    const { models } = app.store.getState();
    expect(models.map(({ ref }) => ref.revision)).toEqual(['r', recent.ref.revision]);
  });

  test('the one that was chosen stays, however often the library is read', () => {
    app.actions.setModels([old, recent]);
    app.actions.chooseModel(old);
    app.actions.setModels([old, recent]);
    expect(revisionInUse()).toBe(old.ref.revision);
    app.actions.chooseModel(recent);
    app.actions.setModels([old, recent]);
    expect(revisionInUse()).toBe(recent.ref.revision);
  });
});

describe('a recipe that names a model and its revision', () => {
  const recipeBy = ({ ref: { id, revision } }: ModelEntry) =>
    ({ model: { id, revision }, settings: { prompt: 'a fox' } }) as unknown as ImageRecipe;
  const restore = async (made: ModelEntry) => {
    await app.actions.openRecipe(recipeBy(made), 'link');
    const { id, message, actions } = app.store.getState().toasts.at(-1)!;
    return { id, message: inEnglish(message), actions: actions.map(inEnglish) };
  };

  test('says nothing of the model when that is in use', async () => {
    app.actions.setModels([old]);
    app.actions.chooseModel(old);
    expect(await restore(old)).toMatchObject({
      message: 'Settings restored from the link.',
      actions: ['Undo'],
    });
  });

  test('offers to switch when that very revision is here', async () => {
    app.actions.setModels([old]);
    const toast = await restore(old);
    expect(toast.actions).toEqual(['Undo', 'Switch to Mini']);
    app.actions.runToastAction(toast.id, toast.actions.indexOf('Switch to Mini'));
    expect(revisionInUse()).toBe(old.ref.revision);
  });

  test.each([true, false])('offers to fetch that revision; another one is in use: %s', async (inUse) => {
    if (inUse) {
      app.actions.setModels([recent]);
      app.actions.chooseModel(recent);
    }
    const toast = await restore(old);
    expect(toast.message.includes('with version 0123456 of Mini')).toBe(inUse);
    app.actions.runToastAction(toast.id, toast.actions.indexOf('Get that model'));
    expect(app.store.getState().modelsSheet).toEqual({ wanted: 'someone/mini@0123456789' });
  });

  test('tells of another version of the built-in model, which cannot be fetched', async () => {
    const toast = await restore({ ...builtIn, ref: { ...builtIn.ref, revision: 'abcdefghij' } });
    expect(toast.message).toContain('with version abcdefg of Built-in');
    expect(toast.actions).toEqual(['Undo']);
  });
});
