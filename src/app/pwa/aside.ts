/** The source picture is the one thing of a draft that nothing else keeps: it is put aside while the page reloads into a new version. */
import { cacheName, sessionKeys } from '../../engine/stored-names.ts';

interface Aside {
  readonly file: Blob;
  readonly name: string;
}

/** Apart from what was shared, in the same cache, which a new service worker leaves alone. */
const pathOf = (scope: string) => `${scope}aside/source`;

/** Never rejects: the reload goes on without it where there is no room. */
export async function putAside(scope: string, { file, name }: Aside, session: Storage): Promise<void> {
  try {
    const cache = await caches.open(cacheName(scope, 'inbox'));
    await cache.put(pathOf(scope), new Response(file, { headers: { 'Content-Type': file.type } }));
    session.setItem(sessionKeys.sourceAside, name);
  } catch {
    // Lost, as with any reload.
  }
}

/** In the tab that put it aside, once; null in all others. */
export async function takeBack(scope: string, session: Storage): Promise<Aside | null> {
  const name = session.getItem(sessionKeys.sourceAside);
  if (name === null) return null;
  session.removeItem(sessionKeys.sourceAside);
  const cache = await caches.open(cacheName(scope, 'inbox'));
  const response = await cache.match(pathOf(scope));
  await cache.delete(pathOf(scope));
  return response ? { file: await response.blob(), name } : null;
}
