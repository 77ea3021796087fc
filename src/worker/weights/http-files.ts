import { AppError, isAbort } from '../../domain/errors.ts';
import type { ModelSource } from '../../domain/model/model.ts';
import type { ModelFile } from '../../domain/model/model-file.ts';
import type { ModelFiles } from './model-files.ts';

/** Files beside the app on its own server: fetched each time, kept by the browser's HTTP cache and the service worker. */
export function httpFiles({ baseUrl, files }: ModelSource & { kind: 'http' }): ModelFiles {
  const known = new Map(files.map((file) => [file.path, file]));

  const readBytes: ModelFiles['readBytes'] = async (path, onBytes, signal) => {
    const file = known.get(path);
    if (!file) throw new AppError('file-not-found', `The model has no file ${path}.`);
    const bytes = await download(new URL(path, folderUrl(baseUrl)), file, onBytes, signal);
    await checkHash(bytes, file);
    return bytes;
  };

  return {
    list: () => files,
    readBytes,
    readText: async (path) => new TextDecoder().decode(await readBytes(path)),
  };
}

const folderUrl = (baseUrl: string) => (baseUrl.endsWith('/') ? baseUrl : `${baseUrl}/`);

async function download(
  url: URL,
  file: ModelFile,
  onBytes: (bytes: number) => void = () => undefined,
  signal?: AbortSignal,
): Promise<Uint8Array> {
  try {
    const response = await fetch(url, signal ? { signal } : {});
    refuseWrongAnswer(response, file.path);
    return await readBody(response, file, onBytes);
  } catch (cause) {
    if (isAbort(cause) || cause instanceof AppError) throw cause;
    const { navigator } = globalThis as { navigator?: { readonly onLine?: boolean } };
    const offline = navigator?.onLine === false;
    throw new AppError(offline ? 'offline' : 'download-failed', `${file.path} could not be fetched.`, {
      cause,
    });
  }
}

/** A server that knows no such file often answers with its start page, and 200. */
function refuseWrongAnswer(response: Response, path: string): void {
  if (response.status === 404) throw new AppError('file-not-found', `The server has no ${path}.`);
  if (!response.ok)
    throw new AppError('download-failed', `The server answered ${response.status} for ${path}.`);
  if (/^text\/html/i.test(response.headers.get('content-type') ?? ''))
    throw new AppError('download-failed', `The server answered with a web page instead of ${path}.`);
}

async function readBody(
  response: Response,
  { path, sizeBytes }: ModelFile,
  onBytes: (bytes: number) => void,
): Promise<Uint8Array> {
  const bytes = new Uint8Array(sizeBytes);
  let loadedBytes = 0;
  // Safari has no async iteration of streams.
  const reader = response.body!.getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    if (loadedBytes + part.value.length > sizeBytes) {
      await reader.cancel();
      throw new AppError('file-corrupt', `${path} is longer than the ${sizeBytes} bytes it should have.`);
    }
    bytes.set(part.value, loadedBytes);
    loadedBytes += part.value.length;
    onBytes(part.value.length);
  }
  if (loadedBytes < sizeBytes)
    throw new AppError('file-corrupt', `${path} ended after ${loadedBytes} of ${sizeBytes} bytes.`);
  return bytes;
}

async function checkHash(bytes: Uint8Array, { path, sha256 }: ModelFile): Promise<void> {
  // `crypto.subtle` is there only in secure contexts; over plain http the length has to do.
  const subtle = (crypto as { subtle?: SubtleCrypto }).subtle;
  if (sha256 === undefined || !subtle) return;
  const digest = new Uint8Array(await subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>));
  const hex = Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
  if (hex !== sha256.toLowerCase()) throw new AppError('file-corrupt', `${path} is not what it should be.`);
}
