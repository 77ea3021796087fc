/** A file as what the next picture begins from, and what it tells of itself. */
import { AppError, toPlainError } from '../../domain/errors.ts';
import { limits } from '../../domain/limits.ts';
import type { FoundRecipe } from '../../domain/recipe/found-recipe.ts';
import { showToast } from '../base/toasts.ts';
import type { Size } from '../making/making-context.ts';
import { message, pictureProblem, type PictureProblem } from '../words/message.ts';
import type { PictureContext } from './picture-context.ts';

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
