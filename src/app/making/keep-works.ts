/** Everything that is made is kept in the gallery, without being asked; what could not be kept is told. */
import { toPlainError, type PlainError } from '../../domain/errors.ts';
import type { Work } from '../../domain/recipe/work.ts';
import { isStorageShort, type StorageUsage } from '../base/storage/usage.ts';
import { message } from '../words/message.ts';
import { showToast, type ToastContext } from '../base/toasts.ts';
import type { NewWork } from './new-work.ts';

/** Of what scripts asked for: how many, and for how long. Favourites stay. */
export interface KeepingLimit {
  readonly works: number;
  readonly ageMs: number;
}

export interface Keeping {
  /** Where works are kept; fetched when the first is made. */
  gallery(): Promise<WorkStore>;
  /** Null where the browser does not tell. */
  usage(): Promise<StorageUsage | null>;
  /** Where nobody looks, and nobody deletes. */
  readonly limit?: KeepingLimit | undefined;
}

/** Calls throw `storage-full`, `storage-failed`. */
export interface WorkStore {
  /** Resolves once the work is safe on disk. */
  add(work: NewWork): Promise<{ readonly id: string }>;
  remove(ids: readonly string[]): Promise<void>;
  /** Newest first. */
  list(): Promise<KeptWork[]>;
}

export type KeptWork = Pick<Work, 'id' | 'createdAtMs' | 'favourite' | 'via'>;

export interface KeepingContext extends ToastContext {
  readonly deps: { readonly keeping?: Keeping };
}

export function keepActions(context: KeepingContext) {
  return {
    /** Resolves to the id in the gallery once the work is safe there, or to null when it could not be kept. Never rejects. */
    keepWork: (work: NewWork) => keepWork(context, work),
  };
}

export async function keepWork(context: KeepingContext, work: NewWork): Promise<string | null> {
  try {
    return await keep(context, work);
  } catch (error) {
    showToast(context, message('workNotKept', work.kind, isFull(toPlainError(error))));
    return null;
  }
}

const losing = new WeakSet<KeepingContext>();

/**
 * What was made for the API, marked so. Never rejects: the script has its file all the same. That one was not kept is told once, and again
 * only after one could be kept: a script may ask for a thousand.
 */
export async function keepApiWork(context: KeepingContext, work: NewWork): Promise<void> {
  try {
    await keep(context, { ...work, via: 'api' });
    losing.delete(context);
    await makeRoom(context.deps.keeping);
  } catch (error) {
    if (losing.has(context)) return;
    losing.add(context);
    showToast(context, message('apiWorkNotKept', isFull(toPlainError(error))));
  }
}

/** Those that go: beyond the number, or too old by the clock of the newest. */
export function beyondLimit(works: readonly KeptWork[], { works: most, ageMs }: KeepingLimit): string[] {
  const scripts = works.filter(({ via, favourite }) => via === 'api' && !favourite);
  const newestMs = scripts[0]?.createdAtMs ?? 0;
  return scripts
    .filter(({ createdAtMs }, index) => index >= most || newestMs - createdAtMs > ageMs)
    .map(({ id }) => id);
}

async function makeRoom(keeping: Keeping | undefined): Promise<void> {
  if (!keeping?.limit) return;
  const gallery = await keeping.gallery();
  const old = beyondLimit(await gallery.list(), keeping.limit);
  if (old.length > 0) await gallery.remove(old);
}

async function keep(context: KeepingContext, work: NewWork): Promise<string | null> {
  const { keeping } = context.deps;
  if (!keeping) return null;
  const { id } = await (await keeping.gallery()).add(work);
  await warnWhenShort(context, keeping);
  return id;
}

/** The other way: a work that the person has deleted from where it was made. */
export async function forgetWork({ deps }: KeepingContext, work: Promise<string | null>): Promise<void> {
  const id = await work;
  if (id !== null) await (await deps.keeping!.gallery()).remove([id]);
}

const isFull = ({ code }: PlainError) => code === 'storage-full';

const warned = new WeakSet<KeepingContext>();

/** Once a visit, while there is still something to be done about it. */
async function warnWhenShort(context: KeepingContext, keeping: Keeping): Promise<void> {
  if (warned.has(context)) return;
  const now = await keeping.usage().catch(() => null);
  if (!now || !isStorageShort(now)) return;
  warned.add(context);
  showToast(context, message('storageShort'));
}

export type KeepActions = ReturnType<typeof keepActions>;
