/** What comes from outside, by what it is: a film, weights, lines of text, a picture that tells how it was made, or one that does not. */
import { filmHeadBytes, isFilmHead } from '../../domain/recipe/carriers/film-head.ts';
import { isRestorable, type FoundRecipe, type Restorable } from '../../domain/recipe/found-recipe.ts';
import { readTold } from '../../domain/recipe/read-told.ts';
import { showToast } from '../base/toasts.ts';
import { message, type Message } from '../words/message.ts';
import type { Draft } from './draft.ts';
import { listName } from './kept-lists.ts';
import type { PictureContext } from './picture-context.ts';
import { restoreRecipe, textOffer } from './restore-recipe.ts';
import { letGo, readRecipe, takeSourceFile } from './source-file.ts';

/** As the action of this name. */
export async function openFile(context: PictureContext, file: Blob, name: string): Promise<void> {
  const { store, deps } = context;
  if (isWeights(name)) return store.setState({ modelsSheet: { wanted: null } });
  if (deps.openFilm && (isFilm(file, name) || (await beginsAsFilm(file)))) return deps.openFilm(file, name);
  if (isTextFile(file, name)) return openTextFile(context, file, name);
  const recipe = await readRecipe(context, file);
  if (!isRestorable(recipe)) return takeUnknown(context, file, name, recipe);
  const run = () => void takeSourceFile(context, file, name);
  restoreRecipe(context, recipe, { file: name }, { label: message('useAsSource'), run });
}

/** As the action of this name; `draft`: as it was before the text was pasted. */
export function openText(context: PictureContext, text: string, draft: Draft): boolean {
  const { store } = context;
  const told = readTold([{ key: 'text', text }]);
  if (told?.settings.steps === undefined || told.settings.prompt === undefined) return false;
  store.setState({ draft });
  restoreRecipe(context, { kind: 'restored', text, ...told }, 'text', {
    label: message('pasteAsPrompt'),
    run: () => store.setState(({ draft }) => ({ draft: { ...draft, prompt: text } })),
  });
  return true;
}

const isWeights = (name: string) => /\.(safetensors|ckpt)$/i.test(name);

const beginsAsFilm = async (file: Blob) =>
  isFilmHead(new Uint8Array(await file.slice(0, filmHeadBytes).arrayBuffer()));

const isTextFile = (file: Blob, name: string) => file.type === 'text/plain' || /\.txt$/i.test(name);

/** A recipe as text, or lines: prompts to be drawn one after the other, or words for a list. */
async function openTextFile(context: PictureContext, file: Blob, name: string): Promise<void> {
  const text = await file.text();
  const told = readTold([{ key: 'text', text }]);
  if (told?.settings.steps === undefined) {
    context.store.setState({ listSheet: { text, name: listName(name) } });
  } else restoreRecipe(context, { kind: 'restored', text, ...told }, { file: name });
}

const isFilm = (file: Blob, name: string) =>
  file.type.startsWith('video/') || file.type === 'application/zip' || /\.(mp4|webm|zip)$/i.test(name);

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
  showToast(context, unknownWords(name, claim), [
    { label: message('undo'), run: undo },
    ...textOffer(context, claim?.text ?? '', { file: name }),
  ]);
}
