/** What lies on this device because of this app, kind by kind. */
import type { Work } from '../../../domain/recipe/work.ts';
import { isOwnCache } from '../../../engine/stored-names.ts';

export interface Amount {
  readonly count: number;
  readonly bytes: number;
}

export function amountOf(works: readonly Work[], kind: Work['kind']): Amount {
  const some = works.filter((work) => work.kind === kind);
  return { count: some.length, bytes: some.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0) };
}

/** Bytes of what is kept for use without a network. 0 where the browser keeps nothing, as over plain http. */
export async function cachedBytes(storage: CacheStorage | undefined, scope: string): Promise<number> {
  if (!storage) return 0;
  const names = (await storage.keys()).filter((name) => isOwnCache(name, scope));
  let bytes = 0;
  for (const name of names) {
    const cache = await storage.open(name);
    for (const request of await cache.keys()) bytes += await bodyBytes(await cache.match(request));
  }
  return bytes;
}

/** A length that a server told counts what it has sent, which may have been compressed. */
async function bodyBytes(response: Response | undefined): Promise<number> {
  if (!response) return 0;
  const told = response.headers.get('Content-Length');
  if (told !== null && !response.headers.has('Content-Encoding')) return Number(told);
  return (await response.blob()).size;
}
