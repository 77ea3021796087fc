/** Files that come from outside: a picture to begin from, or one that tells how it was made. */
import { AppError, toPlainError } from '../../domain/errors.ts';
import { limits } from '../../domain/limits.ts';
import { filmHeadBytes, isFilmHead } from '../../domain/recipe/carriers/film-head.ts';
import { isRestorable, type FoundRecipe, type Restorable } from '../../domain/recipe/found-recipe.ts';
import type { ImageRecipe } from '../../domain/recipe/recipe.ts';
import { showToast } from '../base/toasts.ts';
import type { PictureContext } from './picture-context.ts';
import type { Origin } from '../words/facts.ts';
import type { Size } from '../making/making-context.ts';
import { message, pictureProblem, type Message, type PictureProblem } from '../words/message.ts';
import { listName } from './kept-lists.ts';

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
  const { store, deps } = context;
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
    openFile: async (file: Blob, name: string): Promise<void> => {
      if (isWeights(name)) return store.setState({ modelsSheet: { wanted: null } });
      if (deps.openFilm && (isFilm(file, name) || (await beginsAsFilm(file))))
        return deps.openFilm(file, name);
      if (isTextFile(file, name)) return openTextFile(context, file, name);
      const recipe = await readRecipe(context, file);
      if (!isRestorable(recipe)) return takeUnknown(context, file, name, recipe);
      const run = () => void takeSourceFile(context, file, name);
      await restoreRecipe(context, recipe, { file: name }, { label: message('useAsSource'), run });
    },
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
      const { readTold } = await import('../../domain/recipe/read-told.ts');
      const told = readTold([{ key: 'text', text }]);
      if (told?.settings.steps === undefined || told.settings.prompt === undefined) return false;
      store.setState({ draft });
      await restoreRecipe(context, { kind: 'restored', text, ...told }, 'text', {
        label: message('pasteAsPrompt'),
        run: () => store.setState(({ draft }) => ({ draft: { ...draft, prompt: text } })),
      });
      return true;
    },
  };
  return actions;
}

const isWeights = (name: string) => /\.(safetensors|ckpt)$/i.test(name);

const beginsAsFilm = async (file: Blob) =>
  isFilmHead(new Uint8Array(await file.slice(0, filmHeadBytes).arrayBuffer()));

const isTextFile = (file: Blob, name: string) => file.type === 'text/plain' || /\.txt$/i.test(name);

/** A recipe as text, or lines: prompts to be drawn one after the other, or words for a list. */
async function openTextFile(context: PictureContext, file: Blob, name: string): Promise<void> {
  const [text, { readTold }] = await Promise.all([file.text(), import('../../domain/recipe/read-told.ts')]);
  const told = readTold([{ key: 'text', text }]);
  if (told?.settings.steps === undefined) {
    context.store.setState({ listSheet: { text, name: listName(name) } });
  } else await restoreRecipe(context, { kind: 'restored', text, ...told }, { file: name });
}

const isFilm = (file: Blob, name: string) =>
  file.type.startsWith('video/') || file.type === 'application/zip' || /\.(mp4|webm|zip)$/i.test(name);

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
function letGo({ store, deps, open }: PictureContext): void {
  const { source } = store.getState();
  open.source = null;
  if (source) deps.images.revokeUrl(source.url);
}

function unknownWords(name: string, claim: Exclude<FoundRecipe, Restorable> | null): Message {
  if (claim === null) return message('unknownPicture', name);
  return claim.kind === 'claimed'
    ? message('claimedPicture', name, claim.by)
    : message('unfollowedPicture', name, claim.by);
}

/** A picture that tells nothing of how it was made: it becomes the source, and that is said. */
async function takeUnknown(
  context: PictureContext,
  file: Blob,
  name: string,
  claim: Exclude<FoundRecipe, Restorable> | null,
): Promise<void> {
  await takeSourceFile(context, file, name);
  if (context.open.source !== file) return;
  const undo = () => {
    if (context.open.source !== file) return;
    letGo(context);
    context.store.setState({ source: null, sourceProblem: null });
  };
  const { textOffer } = await import('./restore-recipe.ts');
  showToast(context, unknownWords(name, claim), [
    { label: message('undo'), run: undo },
    ...textOffer(context, claim?.text ?? '', { file: name }),
  ]);
}

async function readRecipe(context: PictureContext, file: Blob): Promise<FoundRecipe | null> {
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
