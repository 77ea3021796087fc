import type { StorageFacts } from '../../domain/model/fit.ts';

/** Null where the browser does not tell (plain http, old Safari). */
export async function storageFacts(): Promise<StorageFacts | null> {
  const storage = (navigator as { storage?: Partial<StorageManager> }).storage;
  const estimate = await storage?.estimate?.();
  if (estimate?.quota === undefined) return null;
  return { quotaBytes: estimate.quota, usageBytes: estimate.usage ?? 0 };
}
