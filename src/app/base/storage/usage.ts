/** What this origin may store and how much of it is taken. Browsers round and pad these numbers. */
export interface StorageUsage {
  readonly usedBytes: number;
  /** An upper limit that the browser promises on paper; the disk may have less. */
  readonly quotaBytes: number;
  /** The browser will not clear it by itself when the disk gets full. */
  readonly persistent: boolean;
}

const shortBytes = 300 * 1024 * 1024;
const shortShare = 0.1;

/** Null where the browser does not tell. */
export async function readStorageUsage(storage: StorageManager | undefined): Promise<StorageUsage | null> {
  if (!storage) return null;
  const [{ usage, quota }, persistent] = await Promise.all([storage.estimate(), storage.persisted()]);
  return usage === undefined || quota === undefined
    ? null
    : { usedBytes: usage, quotaBytes: quota, persistent };
}

/** Whether the person should be told before something is lost: little is left, both in bytes and as a share. */
export function isStorageShort({ usedBytes, quotaBytes }: StorageUsage): boolean {
  const freeBytes = quotaBytes - usedBytes;
  return freeBytes < shortBytes && freeBytes < quotaBytes * shortShare;
}
