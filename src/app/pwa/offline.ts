/** What of this build lies in the cache, and how to fetch the rest: done in the page, where a download may take its time. */
import { AppError } from '../../domain/errors.ts';
import type { BuildFile, BuildInventory, ToServiceWorker } from '../../engine/service-worker.ts';

export interface OfflineFiles {
  readonly kept: readonly BuildFile[];
  readonly missing: readonly BuildFile[];
}

export interface OfflineProgress {
  readonly doneFiles: number;
  readonly totalFiles: number;
  readonly loadedBytes: number;
  /** Of the files begun so far; null as long as a server does not tell. */
  readonly totalBytes: number | null;
}

const answerTimeoutMs = 5000;

/** Asks the worker that controls the page. Throws `offline` where there is none, `timed-out` when it does not answer. */
export function askInventory(container: Pick<ServiceWorkerContainer, 'controller'>): Promise<BuildInventory> {
  const { controller } = container;
  if (!controller) return Promise.reject(new AppError('offline', 'No service worker controls this page.'));
  return new Promise((resolve, reject) => {
    const { port1, port2 } = new MessageChannel();
    const message: ToServiceWorker = { type: 'inventory' };
    const timer = setTimeout(() => {
      port1.close();
      reject(new AppError('timed-out', 'The service worker did not answer.'));
    }, answerTimeoutMs);
    port1.onmessage = ({ data }: MessageEvent<BuildInventory>) => {
      clearTimeout(timer);
      port1.close();
      resolve(data);
    };
    controller.postMessage(message, [port2]);
  });
}

export async function readOfflineFiles({ cacheName, files }: BuildInventory): Promise<OfflineFiles> {
  const cache = await caches.open(cacheName);
  const keys = new Set((await cache.keys()).map(({ url }) => url));
  return {
    kept: files.filter(({ key }) => keys.has(key)),
    missing: files.filter(({ key }) => !keys.has(key)),
  };
}

/**
 * One file after the other, so that those that are done count even if the rest fails. Throws `download-failed`, `storage-full`, and an
 * `AbortError` when cancelled.
 */
export async function keepFiles(
  cacheName: string,
  files: readonly BuildFile[],
  signal: AbortSignal,
  onProgress: (progress: OfflineProgress) => void = () => undefined,
): Promise<void> {
  const cache = await caches.open(cacheName);
  let [doneFiles, loadedBytes, promisedBytes] = [0, 0, 0];
  const report = (totalBytes: number | null) =>
    onProgress({ doneFiles, totalFiles: files.length, loadedBytes, totalBytes });
  for (const file of files) {
    const response = await fetchFile(file, signal);
    promisedBytes += Number(response.headers.get('Content-Length') ?? NaN);
    const counted = countBytes(response, (bytes) => {
      loadedBytes += bytes;
      report(Number.isNaN(promisedBytes) ? null : promisedBytes);
    });
    await put(cache, file, counted, signal);
    doneFiles++;
    report(Number.isNaN(promisedBytes) ? null : promisedBytes);
  }
}

/** `no-cache` asks whether the browser's own copy is still good, and tells the service worker to leave the keeping to us. */
async function fetchFile(file: BuildFile, signal: AbortSignal): Promise<Response> {
  const response = await fetch(file.url, { signal, cache: 'no-cache' }).catch((cause: unknown) => {
    signal.throwIfAborted();
    throw new AppError('download-failed', `${file.url} could not be fetched.`, { cause });
  });
  if (response.status === 200 && response.body) return response;
  throw new AppError('download-failed', `${file.url} was answered with status ${response.status}.`);
}

function countBytes(response: Response, onBytes: (bytes: number) => void): Response {
  const counter = new TransformStream<Uint8Array, Uint8Array<ArrayBuffer>>({
    transform: (chunk, controller) => {
      onBytes(chunk.length);
      controller.enqueue(chunk as Uint8Array<ArrayBuffer>);
    },
  });
  return new Response(response.body!.pipeThrough(counter), { headers: response.headers });
}

/** Read to its end before it is put: a `put` that breaks off takes an earlier copy with it, which another tab may have kept meanwhile. */
async function put(cache: Cache, file: BuildFile, response: Response, signal: AbortSignal): Promise<void> {
  try {
    const { headers } = response;
    await cache.put(file.key, new Response(await response.blob(), { headers }));
  } catch (cause) {
    signal.throwIfAborted();
    const full = cause instanceof Error && cause.name === 'QuotaExceededError';
    throw new AppError(full ? 'storage-full' : 'download-failed', `${file.url} could not be kept.`, {
      cause,
    });
  }
}
