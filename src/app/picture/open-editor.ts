/** A picture is opened to be changed: a new one comes of it, the old one stays. */
import { AppError, toPlainError } from '../../domain/errors.ts';
import { showToast } from '../base/toasts.ts';
import { message } from '../words/message.ts';
import type { PictureContext } from './picture-context.ts';
import type { EditTool } from './picture-state.ts';

export interface ToEdit {
  readonly file: Blob;
  readonly name: string;
  /** What it shows; by default what is in the draft. */
  readonly prompt?: string;
  /** Its id in the gallery, once it is safe there. */
  readonly work?: Promise<string | null> | string | null;
}

/** Tells where the file is no picture. */
export async function openEditor(
  context: PictureContext,
  tool: EditTool,
  { file, name, prompt, work = null }: ToEdit,
): Promise<void> {
  const { store, deps, open } = context;
  try {
    const size = await deps.images.measure(file);
    const from = await work;
    closeEditor(context);
    open.editing = file;
    const shown = { url: deps.images.createUrl(file), name, ...size };
    store.setState({ editing: { ...shown, tool, from, prompt: prompt ?? store.getState().draft.prompt } });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    showToast(context, message('failed', toPlainError(error)));
  }
}

export function closeEditor({ store, deps, open }: PictureContext): void {
  const { editing } = store.getState();
  if (editing) deps.images.revokeUrl(editing.url);
  open.editing = null;
  store.setState({ editing: null });
}
