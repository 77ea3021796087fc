/** Everything that is made is kept in the gallery, without being asked; what could not be kept is told. */
import { toPlainError, type PlainError } from '../../domain/errors.ts';
import { isStorageShort, type StorageUsage } from '../base/storage/usage.ts';
import type { Gallery, NewWork } from '../gallery/storage/gallery.ts';
import { showToast, type AppContext } from '../shell/app-context.ts';
import { message } from '../words/message.ts';

export interface Keeping {
  /** Fetched when the first work is made. */
  gallery(): Promise<Gallery>;
  /** Null where the browser does not tell. */
  usage(): Promise<StorageUsage | null>;
}

export function keepActions(context: AppContext) {
  return {
    /** Resolves to the id in the gallery once the work is safe there, or to null when it could not be kept. Never rejects. */
    keepWork: (work: NewWork) => keepWork(context, work),
  };
}

export async function keepWork(context: AppContext, work: NewWork): Promise<string | null> {
  try {
    return await keep(context, work);
  } catch (error) {
    showToast(context, message('workNotKept', work.kind, isFull(toPlainError(error))));
    return null;
  }
}

const losing = new WeakSet<AppContext>();

/**
 * What was made for the API, marked so. Never rejects: the script has its file all the same. That one was not kept is told once, and again
 * only after one could be kept: a script may ask for a thousand.
 */
export async function keepApiWork(context: AppContext, work: NewWork): Promise<void> {
  try {
    await keep(context, { ...work, via: 'api' });
    losing.delete(context);
  } catch (error) {
    if (losing.has(context)) return;
    losing.add(context);
    showToast(context, message('apiWorkNotKept', isFull(toPlainError(error))));
  }
}

async function keep(context: AppContext, work: NewWork): Promise<string | null> {
  const { keeping } = context.deps;
  if (!keeping) return null;
  const { id } = await (await keeping.gallery()).add(work);
  await warnWhenShort(context, keeping);
  return id;
}

/** The other way: a work that the person has deleted from where it was made. */
export async function forgetWork({ deps }: AppContext, work: Promise<string | null>): Promise<void> {
  const id = await work;
  if (id !== null) await (await deps.keeping!.gallery()).remove([id]);
}

const isFull = ({ code }: PlainError) => code === 'storage-full';

const warned = new WeakSet<AppContext>();

/** Once a visit, while there is still something to be done about it. */
async function warnWhenShort(context: AppContext, keeping: Keeping): Promise<void> {
  if (warned.has(context)) return;
  const now = await keeping.usage().catch(() => null);
  if (!now || !isStorageShort(now)) return;
  warned.add(context);
  showToast(context, message('storageShort'));
}
