/** What the person has deleted but may still bring back: hidden at once, removed when nobody can undo it any more. */
import type { RecordStore } from '../../../engine/idb.ts';

const binKey = 'bin';
/** Another tab may still offer to undo what was binned a moment ago. */
const undoMs = 60_000;

/** Id → when it was binned. */
export type Bin = Readonly<Record<string, number>>;

function readBin(record: unknown): Bin {
  const { version, ids } = (record ?? {}) as { version?: unknown; ids?: Bin };
  return version === 1 && ids ? ids : {};
}

export async function loadBin(store: RecordStore): Promise<Bin> {
  return readBin(await store.get(binKey));
}

export function addToBin(store: RecordStore, ids: readonly string[], nowMs: number): Promise<void> {
  return changeBin(store, (bin) => ({ ...bin, ...Object.fromEntries(ids.map((id) => [id, nowMs])) }));
}

export function takeFromBin(store: RecordStore, ids: readonly string[]): Promise<void> {
  return changeBin(store, (bin) =>
    Object.fromEntries(Object.entries(bin).filter(([id]) => !ids.includes(id))),
  );
}

/** Ids that nobody can bring back any more. */
export function oldInBin(bin: Bin, nowMs: number): string[] {
  return Object.keys(bin).filter((id) => bin[id]! < nowMs - undoMs);
}

const changeBin = (store: RecordStore, edit: (bin: Bin) => Bin) =>
  store.update(binKey, (record) => ({ version: 1, ids: edit(readBin(record)) }));
