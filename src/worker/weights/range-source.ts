/** A file on a server, in parts: what it is stands in its table, of which some hundred kilobytes are enough. */
import { AppError } from '../../domain/errors.ts';
import { isInside, outside, type ByteSource } from '../../domain/weights/byte-source.ts';
import { ask } from './ask.ts';
import type { HubDeps } from './hub.ts';
import { withRetries } from './retry.ts';

interface RemoteFile {
  readonly name: string;
  readonly url: string;
  readonly sizeBytes: number;
}

/** The table of a large checkpoint is fetched in one or two of these. */
const blockBytes = 256 * 1024;

/** Every block is fetched once. Reading throws as `ask`, and `download-failed` where the server gives no parts. */
export function rangeSource({ name, url, sizeBytes }: RemoteFile, deps: HubDeps): ByteSource {
  const blocks = new Map<number, Promise<Uint8Array>>();
  const block = (index: number): Promise<Uint8Array> => {
    const start = index * blockBytes;
    const known = blocks.get(index) ?? fetchPart(url, start, Math.min(sizeBytes, start + blockBytes), deps);
    blocks.set(index, known);
    known.catch(() => blocks.delete(index));
    return known;
  };
  return {
    name,
    sizeBytes,
    read: async (offsetBytes, lengthBytes) => {
      if (!isInside(offsetBytes, lengthBytes, sizeBytes)) throw outside(name, offsetBytes, lengthBytes);
      const out = new Uint8Array(lengthBytes);
      for (let done = 0; done < lengthBytes;) {
        const at = offsetBytes + done;
        const start = at % blockBytes;
        const part = (await block(Math.floor(at / blockBytes))).subarray(start, start + lengthBytes - done);
        out.set(part, done);
        done += part.length;
      }
      return out;
    },
  };
}

function fetchPart(url: string, start: number, end: number, deps: HubDeps): Promise<Uint8Array> {
  return withRetries(async () => {
    const headers = { Range: `bytes=${start}-${end - 1}` };
    const response = await ask(deps.fetch, url, { signal: deps.signal, headers });
    if (response.status !== 206) throw await noParts(response, url);
    const bytes = new Uint8Array(await response.arrayBuffer());
    if (bytes.length === end - start) return bytes;
    throw new AppError('download-failed', `${new URL(url).host} sent another part than was asked for.`);
  }, deps);
}

async function noParts(response: Response, url: string): Promise<AppError> {
  await response.body?.cancel();
  return new AppError(
    'download-failed',
    `${new URL(url).host} gives no parts of a file, so that nobody knows what it is before all of it is here. Download it yourself, and choose it from this device.`,
  );
}

interface FoundFile extends RemoteFile {
  /** Of this state of it; null where the server does not tell. */
  readonly etag: string | null;
}

/** Size and name of a file at an address. Throws as `rangeSource`, and `model-unsupported` for a page. */
export function findFile(url: string, deps: HubDeps): Promise<FoundFile> {
  return withRetries(async () => {
    const response = await ask(deps.fetch, url, { signal: deps.signal, headers: { Range: 'bytes=0-0' } });
    const isPage = /^text\/html/i.test(response.headers.get('content-type') ?? '');
    const total = /\/(\d+)$/.exec(response.headers.get('content-range') ?? '')?.[1];
    if (isPage) {
      await response.body?.cancel();
      throw new AppError('model-unsupported', `${url} is a page, not the file itself.`);
    }
    if (response.status !== 206 || total === undefined) throw await noParts(response, url);
    await response.body?.cancel();
    return { name: nameOf(response, url), url, sizeBytes: Number(total), etag: response.headers.get('etag') };
  }, deps);
}

function nameOf(response: Response, url: string): string {
  const said = /filename="?([^";]+)"?/i.exec(response.headers.get('content-disposition') ?? '')?.[1];
  const last = new URL(response.url || url).pathname.split('/').at(-1) ?? '';
  const name = (said ?? decodeURIComponent(last)).split(/[\\/]/).at(-1)!;
  return name === '' ? 'model.safetensors' : name;
}
