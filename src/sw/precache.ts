import { AppError } from '../domain/errors.ts';
import { onlyTo } from '../engine/content-policy.ts';
import type { BuildFile } from '../engine/service-worker.ts';
import { cacheName, cachePurposes, isOwnCache } from '../engine/stored-names.ts';
import { findBuildFile, findEarlierFile, planCleanup, planInstall } from './build-files.ts';
import { withIsolation } from './isolation.ts';
import { fetchFromNetwork } from './network.ts';

export interface Precache {
  readonly cacheName: string;
  readonly files: readonly BuildFile[];
  /** Rejects when the page could not open without a network afterwards. */
  install(): Promise<void>;
  /** Lets go of what no running tab can need, in caches of this app at this place only. */
  cleanUp(): Promise<void>;
  /**
   * Undefined for what is of no build. Network where the cache has lost a file; large files are kept once they were used. Tabs that still
   * run the previous build get its parts.
   */
  answer(event: FetchEvent): Promise<Response> | undefined;
}

/** Under this key lies the list of the running build's keys, so that the next one knows what its tabs may still load. */
const listKey = 'https://zoetrope.invalid/build';

export function createPrecache(files: readonly BuildFile[], scope: string): Precache {
  const name = cacheName(scope, 'build');
  const open = () => caches.open(name);

  return {
    cacheName: name,
    files,
    install: async () => {
      const cache = await open();
      const { required, wanted } = planInstall(files, await keysOf(cache));
      await Promise.all(required.map((file) => fetchInto(cache, file)));
      // The page fetches again what failed here; the new version does not wait for it.
      await Promise.allSettled(wanted.map((file) => fetchInto(cache, file)));
    },
    cleanUp: async () => {
      const cache = await open();
      const kept = [listKey, ...(await readList(cache))];
      for (const key of planCleanup(await keysOf(cache), files, kept)) await cache.delete(key);
      const list = files.map(({ key }) => key);
      await cache.put(listKey, new Response(JSON.stringify(list)));
      await deleteForeign(scope);
    },
    answer: (event) => {
      const { method, url, headers } = event.request;
      if (method !== 'GET' || headers.has('range')) return undefined;
      const file = findBuildFile(files, url, scope) ?? findEarlierFile(url, scope);
      return file && open().then((cache) => fromCacheOrNetwork(cache, file, event));
    },
  };
}

async function fromCacheOrNetwork(cache: Cache, file: BuildFile, event: FetchEvent): Promise<Response> {
  const cached = await cache.match(file.key);
  if (cached) return withIsolation(cached, event.request.url);
  const response = await fetchFromNetwork(withoutMachine(event.request));
  // `no-cache` is how the page fetches what it keeps by itself, with progress.
  const kept = isWhole(response) && event.request.cache !== 'no-cache';
  if (kept) event.waitUntil(keep(cache, file, response.clone()));
  return withIsolation(response, event.request.url);
}

/** Which machines a person has is none of the host's business. */
function withoutMachine(request: Request): Request {
  const url = new URL(request.url);
  if (!url.searchParams.has(onlyTo)) return request;
  url.search = '';
  return new Request(url, { cache: request.cache, credentials: request.credentials });
}

/**
 * Whole or not at all: a `put` whose body breaks off, as when the page that asked is reloaded, takes what lay under the key with it. A full
 * disk must not keep the answer from the page: it asks again next time.
 */
async function keep(cache: Cache, file: BuildFile, response: Response): Promise<void> {
  try {
    const { headers } = response;
    await cache.put(file.key, new Response(await response.blob(), { headers }));
  } catch {
    // Not kept.
  }
}

async function fetchInto(cache: Cache, file: BuildFile): Promise<void> {
  // A name with a hash never changes its content; others are asked for again even if the browser holds them.
  const response = await fetch(file.url, { cache: file.key === file.url ? 'default' : 'no-cache' });
  if (!isWhole(response)) {
    throw new AppError('download-failed', `${file.url} was answered with status ${response.status}.`);
  }
  await cache.put(file.key, response);
}

const isWhole = (response: Response) => response.status === 200 && !response.redirected;

const keysOf = async (cache: Cache) => (await cache.keys()).map(({ url }) => url);

async function readList(cache: Cache): Promise<string[]> {
  const stored = await cache.match(listKey);
  return stored ? ((await stored.json()) as string[]) : [];
}

/** Caches of earlier versions of this app, at this place, that this version has no use for. */
async function deleteForeign(scope: string): Promise<void> {
  const own = cachePurposes.map((purpose) => cacheName(scope, purpose));
  const names = (await caches.keys()).filter((name) => isOwnCache(name, scope));
  await Promise.all(names.filter((name) => !own.includes(name)).map((name) => caches.delete(name)));
}
