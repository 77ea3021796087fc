/** Files that come from outside: a picture to begin from, or one that tells how it was made. */
import { AppError } from '../../domain/errors.ts';
import type { RecipeInPng } from '../../domain/recipe/png.ts';
import type { ImageRecipe } from '../../domain/recipe/recipe.ts';
import { showToast, type AppContext } from './app-context.ts';
import { applySettings } from './draft-actions.ts';
import { currentModel } from './app-state.ts';

export function sourceActions(context: AppContext) {
  const { store } = context;
  return {
    /** Image-to-image begins from this file. What is no picture is told beside the field; an earlier source stays. */
    chooseSource: (file: Blob, name: string) => takeSourceFile(context, file, name),
    clearSource: () => {
      const { source } = store.getState();
      if (source) letGo(context);
      store.setState({ source: null, sourceProblem: null });
    },
    /** A file dropped or pasted anywhere: its recipe is restored when it carries one, else it becomes the source. */
    openFile: async (file: Blob, name: string): Promise<void> => {
      const recipe = await readRecipe(context, file);
      if (recipe) restore(context, recipe, `“${name}”`, () => void takeSourceFile(context, file, name));
      else await takeSourceFile(context, file, name);
    },
    /** A recipe that came without a file: from a link, or from a kept work. `from` completes "Settings restored from …". */
    openRecipe: (recipe: ImageRecipe, from: string) =>
      restore(context, { kind: 'exact', recipe, text: '' }, from),
  };
}

export async function takeSourceFile(context: AppContext, file: Blob, name: string): Promise<void> {
  const { store, deps, open } = context;
  try {
    const size = await deps.images.measure(file);
    letGo(context);
    open.source = file;
    store.setState({ source: { url: deps.images.createUrl(file), name, ...size }, sourceProblem: null });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    store.setState({
      sourceProblem: `“${name}” is not a picture that can be read. Try a PNG, JPEG or WebP file.`,
    });
  }
  store.setState(({ preferences }) => ({ preferences: { ...preferences, advancedOpen: true } }));
}

/** The URL only: pictures of the session keep their own files. */
function letGo({ store, deps, open }: AppContext): void {
  const { source } = store.getState();
  open.source = null;
  if (source) deps.images.revokeUrl(source.url);
}

async function readRecipe(context: AppContext, file: Blob): Promise<RecipeInPng | null> {
  try {
    return await context.deps.images.readRecipe(file);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    // The picture may be good all the same; only what it tells is not.
    if (error.code === 'file-unreadable') showToast(context, error.message);
    return null;
  }
}

function restore(context: AppContext, recipe: RecipeInPng, from: string, useAsSource?: () => void): void {
  const { store } = context;
  const told = recipe.kind === 'exact' ? recipe.recipe : recipe;
  const strength = recipe.kind === 'exact' ? recipe.recipe.source?.strength : recipe.strength;
  const undo = applySettings(context, {
    settings: told.settings,
    ...(strength === undefined ? {} : { strength }),
  });
  const madeWith = recipe.kind === 'exact' ? recipe.recipe.model.id : recipe.modelName;
  const { ref, card } = currentModel(store.getState());
  const other =
    madeWith !== undefined && madeWith !== ref.id
      ? ` It was made with the model ${madeWith}; ${card.name} will draw it differently.`
      : '';
  showToast(context, `Settings restored from ${from}.${other}`, [
    { label: 'Undo', run: undo },
    ...(useAsSource ? [{ label: 'Use as source', run: useAsSource }] : []),
  ]);
}
