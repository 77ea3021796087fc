/** Files that come from outside: a picture to begin from, or one that tells how it was made. */
import { AppError, toPlainError } from '../../domain/errors.ts';
import { limits } from '../../domain/limits.ts';
import { isRestorable, type FoundRecipe } from '../../domain/recipe/found-recipe.ts';
import type { ImageRecipe } from '../../domain/recipe/recipe.ts';
import { showToast } from '../base/toasts.ts';
import type { PictureContext } from './picture-context.ts';
import type { Origin } from '../words/facts.ts';
import type { Size } from '../making/making-context.ts';
import { message, pictureProblem, type PictureProblem } from '../words/message.ts';

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

export async function takeSourceFile(context: PictureContext, file: Blob, name: string): Promise<void> {
  const { store, deps, open } = context;
  try {
    const size = await deps.images.measure(file);
    if (size.width * size.height > limits.read.sourcePixels) return refuse(context, tooLarge(name, size));
    letGo(context);
    open.source = file;
    store.setState({ source: { url: deps.images.createUrl(file), name, ...size }, sourceProblem: null });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return refuse(context, pictureProblem('sourceUnreadable', name));
  }
  openAdvanced(context);
}

const tooLarge = (name: string, { width, height }: Size) =>
  pictureProblem('sourceTooLarge', name, width, height, limits.read.sourcePixels);

/** An earlier source stays. */
function refuse(context: PictureContext, sourceProblem: PictureProblem): void {
  context.store.setState({ sourceProblem });
  openAdvanced(context);
}

/** The source stands there, and what is wrong with it. */
const openAdvanced = ({ store }: PictureContext) =>
  store.setState(({ preferences }) => ({ preferences: { ...preferences, advancedOpen: true } }));

/** The URL only: pictures of the session keep their own files. */
export function letGo({ store, deps, open }: PictureContext): void {
  const { source } = store.getState();
  open.source = null;
  if (source) deps.images.revokeUrl(source.url);
}

export async function readRecipe(context: PictureContext, file: Blob): Promise<FoundRecipe | null> {
  try {
    return await context.deps.images.readRecipe(file);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    // The picture may be good all the same; only what it tells is not.
    if (error.code === 'file-unreadable') showToast(context, message('failed', toPlainError(error)));
    return null;
  }
}

export type SourceActions = ReturnType<typeof sourceActions>;
