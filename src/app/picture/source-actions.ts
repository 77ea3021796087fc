/** Files that come from outside: a picture to begin from, or one that tells how it was made. */
import { AppError, toPlainError } from '../../domain/errors.ts';
import { parseModelId } from '../../domain/model/model-id.ts';
import { libraryKey } from '../../domain/model/stored-model.ts';
import { parseParameters, type RestoredSettings } from '../../domain/recipe/parameters.ts';
import type { RecipeInPng } from '../../domain/recipe/png.ts';
import type { ImageRecipe } from '../../domain/recipe/recipe.ts';
import { type PictureContext } from './picture-context.ts';
import { applySettings } from './draft-actions.ts';
import { chooseModel } from '../models/model-actions.ts';
import type { MadeWith, Origin } from '../words/facts.ts';
import { message } from '../words/message.ts';
import { showToast, type ToastAction } from '../base/toasts.ts';
import type { ModelEntry } from '../../domain/model/model.ts';
import { currentModel } from '../models/chosen-model.ts';

export function sourceActions(context: PictureContext) {
  const { store, deps } = context;
  return {
    /** Image-to-image begins from this file. What is no picture is told beside the field; an earlier source stays. */
    chooseSource: (file: Blob, name: string) => takeSourceFile(context, file, name),
    clearSource: () => {
      const { source } = store.getState();
      if (source) letGo(context);
      store.setState({ source: null, sourceProblem: null });
    },
    /** A file dropped or pasted anywhere: films go to their screen; a picture's recipe is restored, or it becomes the source. */
    openFile: async (file: Blob, name: string): Promise<void> => {
      if (deps.openFilm && isFilm(file, name)) return deps.openFilm(file, name);
      const recipe = await readRecipe(context, file);
      if (!recipe) return takeSourceFile(context, file, name);
      const run = () => void takeSourceFile(context, file, name);
      restore(context, recipe, { file: name }, { label: message('useAsSource'), run });
    },
    /** A recipe that came without a file: from a link, or from a kept work. */
    openRecipe: (recipe: ImageRecipe, from: Origin) =>
      restore(context, { kind: 'exact', recipe, text: '' }, from),
    /** Text pasted into the prompt. True when it was a copy of settings, which are now restored; the text itself can still be had. */
    openText: (text: string): boolean => {
      const restored = parseParameters(text);
      if (restored.settings.steps === undefined || restored.settings.prompt === undefined) return false;
      restore(context, { kind: 'restored', text, ...restored }, 'text', {
        label: message('pasteAsPrompt'),
        run: () => store.setState(({ draft }) => ({ draft: { ...draft, prompt: text } })),
      });
      return true;
    },
  };
}

const isFilm = (file: Blob, name: string) =>
  file.type.startsWith('video/') || file.type === 'application/zip' || /\.(mp4|webm|zip)$/i.test(name);

export async function takeSourceFile(context: PictureContext, file: Blob, name: string): Promise<void> {
  const { store, deps, open } = context;
  try {
    const size = await deps.images.measure(file);
    letGo(context);
    open.source = file;
    store.setState({ source: { url: deps.images.createUrl(file), name, ...size }, sourceProblem: null });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    store.setState({ sourceProblem: name });
  }
  store.setState(({ preferences }) => ({ preferences: { ...preferences, advancedOpen: true } }));
}

/** The URL only: pictures of the session keep their own files. */
function letGo({ store, deps, open }: PictureContext): void {
  const { source } = store.getState();
  open.source = null;
  if (source) deps.images.revokeUrl(source.url);
}

async function readRecipe(context: PictureContext, file: Blob): Promise<RecipeInPng | null> {
  try {
    return await context.deps.images.readRecipe(file);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    // The picture may be good all the same; only what it tells is not.
    if (error.code === 'file-unreadable') showToast(context, message('failed', toPlainError(error)));
    return null;
  }
}

function restore(context: PictureContext, recipe: RecipeInPng, from: Origin, instead?: ToastAction): void {
  const { settings, strength, model } = whatIsTold(recipe);
  // A source does not travel along: without one the picture was made from words alone.
  const source = strength === undefined ? null : undefined;
  const undo = applySettings(context, { settings, ...(strength === undefined ? {} : { strength }) }, source);
  const again = () => applySettings(context, { settings });
  const current = currentModel(context.store.getState());
  const other = model && !isSame(model, current) ? model : undefined;
  const madeWith = other ? whatMadeIt(other, current) : null;
  showToast(context, message('restored', from, madeWith, strength !== undefined), [
    { label: message('undo'), run: undo },
    ...(other ? modelOffer(context, other, again) : []),
    ...(instead ? [instead] : []),
  ]);
}

/** Other programs tell only a name. */
interface Maker {
  readonly id: string;
  readonly revision?: string | undefined;
}

interface Told extends Pick<RestoredSettings, 'settings' | 'strength'> {
  readonly model?: Maker | undefined;
}

function whatIsTold(recipe: RecipeInPng): Told {
  if (recipe.kind === 'restored') {
    const { settings, strength, modelName } = recipe;
    return {
      // Other programs leave an empty negative prompt out.
      settings: { negativePrompt: '', ...settings },
      ...(strength === undefined ? {} : { strength }),
      ...(modelName === undefined ? {} : { model: { id: modelName } }),
    };
  }
  const { settings, model, source } = recipe.recipe;
  return { settings, model, ...(source && { strength: source.strength }) };
}

const isSame = ({ id, revision }: Maker, { ref }: ModelEntry) =>
  id === ref.id && (!revision || revision === ref.revision);

function whatMadeIt({ id, revision = '' }: Maker, { ref, card }: ModelEntry): MadeWith {
  return id === ref.id
    ? { version: revision.slice(0, 7), inUse: card.name }
    : { other: id, inUse: card.name };
}

/** To switch to the model that a picture was made with, or to fetch it first. `then` is called after a switch, which changes settings. */
function modelOffer(context: PictureContext, made: Maker, then: () => void): readonly ToastAction[] {
  const { store } = context;
  const entry = store.getState().models.find((model) => isSame(made, model));
  if (entry) {
    const run = () => {
      chooseModel(context, entry);
      then();
    };
    return [{ label: message('switchTo', entry.card.name), run }];
  }
  const wanted = made.revision ? libraryKey({ id: made.id, revision: made.revision }) : made.id;
  const get = () => store.setState({ modelsSheet: { wanted } });
  return parseModelId(made.id) ? [{ label: message('getModel'), run: get }] : [];
}
