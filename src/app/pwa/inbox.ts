/** What comes from outside: pictures that another app shares, files that are opened with the app, links that it takes over. */
import { inboxPath, inboxQuery } from '../../engine/service-worker.ts';
import { cacheName } from '../../engine/stored-names.ts';

export interface Delivery {
  readonly files: readonly File[];
  /** What was shared as text: an idea for a prompt. */
  readonly text: string;
}

/** Empties the inbox that the service worker has filled. Null when the page was not opened by a share. */
export async function takeShared(scope: string, address: URL): Promise<Delivery | null> {
  if (!address.searchParams.has(inboxQuery)) return null;
  const cache = await caches.open(cacheName(scope, 'inbox'));
  const files: File[] = [];
  const letters = (await cache.keys()).filter(({ url }) => url.startsWith(scope + inboxPath));
  for (const request of letters) {
    const response = await cache.match(request);
    if (response) files.push(await toFile(response));
    await cache.delete(request);
  }
  return { files, text: address.searchParams.get('text') ?? '' };
}

async function toFile(response: Response): Promise<File> {
  const type = response.headers.get('Content-Type') ?? '';
  const name = decodeURIComponent(response.headers.get('X-File-Name') ?? 'shared');
  return new File([await response.blob()], name, { type });
}

/** Without what only the share had put there: a reload must not look into the inbox again. */
export function withoutShare(address: URL): URL {
  const clean = new URL(address);
  clean.searchParams.delete(inboxQuery);
  clean.searchParams.delete('text');
  return clean;
}

interface LaunchParams {
  readonly files?: readonly FileSystemFileHandle[];
  readonly targetURL?: string;
}

interface LaunchQueue {
  setConsumer(consumer: (params: LaunchParams) => void): void;
}

/**
 * As the manifest's `launch_handler` asks, a launch comes to the page that is open instead of loading it anew, so that a loaded model
 * stays loaded.
 */
export function watchLaunches(
  scope: object,
  onFile: (file: File) => void,
  onAddress: (address: URL) => void,
): void {
  const queue = (scope as { launchQueue?: LaunchQueue }).launchQueue;
  queue?.setConsumer(({ files = [], targetURL }) => {
    for (const handle of files) void handle.getFile().then(onFile);
    if (targetURL !== undefined && files.length === 0) onAddress(new URL(targetURL));
  });
}
