/** Everything that is made is kept in the gallery, without being asked; what could not be kept is told. */
import { toPlainError, type PlainError } from '../../domain/errors.ts';
import { isStorageShort, type StorageUsage } from '../base/storage/usage.ts';
import type { Gallery, NewWork } from '../gallery/storage/gallery.ts';
import { showToast, type AppContext } from '../shell/app-context.ts';

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
    showToast(context, lossWords(toPlainError(error), work.kind));
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
    const why = lossReason(toPlainError(error));
    showToast(context, `What scripts ask for is made, but does not go to the gallery: ${why}.`);
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

const lossReason = ({ code }: PlainError) =>
  code === 'storage-full' ? 'the storage is full' : 'the browser did not store it';

function lossWords(error: PlainError, kind: NewWork['kind']): string {
  const thing = kind === 'image' ? 'picture' : 'film';
  return `This ${thing} is not in the gallery: ${lossReason(error)}. Save it as a file, or it is lost when this page closes.`;
}

const warned = new WeakSet<AppContext>();

/** Once a visit, while there is still something to be done about it. */
async function warnWhenShort(context: AppContext, keeping: Keeping): Promise<void> {
  if (warned.has(context)) return;
  const now = await keeping.usage().catch(() => null);
  if (!now || !isStorageShort(now)) return;
  warned.add(context);
  showToast(
    context,
    'Storage is running short. Export works from the gallery, or delete some, before it is full.',
  );
}
