/** Files that come from outside: a picture to begin from, or one that tells how it was made. */
import { isRestorable } from '../../domain/recipe/found-recipe.ts';
import type { ImageRecipe } from '../../domain/recipe/recipe.ts';
import { showToast } from '../base/toasts.ts';
import type { PictureContext } from './picture-context.ts';
import type { Origin } from '../words/facts.ts';
import { message } from '../words/message.ts';
import { letGo, readRecipe, takeSourceFile } from './source-file.ts';

/** `name` is shown, and tells by its ending what the bytes do not. */
export interface NamedFile {
  readonly file: Blob;
  readonly name: string;
}

/** Fetched with the first recipe: most visits bring none. */
async function restoreRecipe(...given: Parameters<Restore>): Promise<void> {
  (await import('./restore-recipe.ts')).restoreRecipe(...given);
}

type Restore = (typeof import('./restore-recipe.ts'))['restoreRecipe'];

export function sourceActions(context: PictureContext) {
  const { store } = context;
  const actions = {
    /**
     * Image-to-image begins from this file. What is no picture is told beside the field; an earlier source stays. What it tells of how it was
     * made is offered: a phone has no other way to open a picture's recipe.
     */
    chooseSource: async (file: Blob, name: string): Promise<void> => {
      await takeSourceFile(context, file, name);
      if (context.open.source !== file) return;
      const recipe = await readRecipe(context, file);
      if (!isRestorable(recipe) || context.open.source !== file) return;
      const run = () => void restoreRecipe(context, recipe, { file: name });
      showToast(context, message('tellsRecipe', name), [{ label: message('restoreIt'), run }]);
    },
    clearSource: () => {
      const { source } = store.getState();
      if (source) letGo(context);
      store.setState({ source: null, sourceProblem: null });
    },
    /** A file dropped or pasted anywhere: films go to their screen; a picture's recipe is restored, or it becomes the source. */
    openFile: async (file: Blob, name: string): Promise<void> =>
      (await import('./open-file.ts')).openFile(context, file, name),
    /** Several at once: the first is opened, and what becomes of the others is told. */
    openFiles: async ([first, ...others]: readonly NamedFile[]): Promise<void> => {
      if (!first) return;
      await actions.openFile(first.file, first.name);
      if (others.length === 0) return;
      const names = others.map(({ name }) => name);
      showToast(context, message('oneOpened', first.name, names));
    },
    /** A recipe that came without a file: from a link, or from a kept work. */
    openRecipe: (recipe: ImageRecipe, from: Origin) =>
      restoreRecipe(context, { kind: 'exact', recipe, text: '' }, from),
    /**
     * Text that was pasted into the prompt. True when it was a copy of settings, which are now restored in place of the draft before; the
     * text itself can still be had. What reads it is fetched when it is needed.
     */
    openText: async (text: string): Promise<boolean> => {
      if (!/steps/i.test(text)) return false;
      const { draft } = store.getState();
      return (await import('./open-file.ts')).openText(context, text, draft);
    },
  };
  return actions;
}

export type SourceActions = ReturnType<typeof sourceActions>;
