/** The only door to ffmpeg: one instance of its WebAssembly build, in a worker of its own, fetched from our own origin on first use. */
import { FFFSType, FFmpeg } from '@ffmpeg/ffmpeg';
import coreUrl from '@ffmpeg/core?url';
import wasmUrl from '@ffmpeg/core/wasm?url';
import workerUrl from './ffmpeg-worker.ts?worker&url';
import { AppError } from '../domain/errors.ts';
import { abortError } from '../engine/rpc.ts';

export interface Ffmpeg {
  /** Throws `encoder-failed` with the last lines of its log, `AbortError` once `signal` has aborted. */
  exec(args: readonly string[]): Promise<void>;
  /** Takes the array's buffer away; `take` gives it back. */
  write(name: string, data: Uint8Array<ArrayBuffer>): Promise<void>;
  /** Reads and deletes. */
  take(name: string): Promise<Uint8Array<ArrayBuffer>>;
  /** Shows blobs as read-only files in `folder`, without copying them. */
  mount(folder: string, blobs: readonly { readonly name: string; readonly data: Blob }[]): Promise<void>;
  /** Stops whatever runs, at once, and gives all memory back. */
  close(): void;
}

/** Starting takes a third of a second; some browsers hang there for ever. */
const startTimeoutMs = 30_000;
const keptLogLines = 6;

/** An `AbortSignal` of ffmpeg.wasm's own only rejects the promise: here an abort ends the worker. Throws `encoder-unavailable`. */
export async function startFfmpeg(signal: AbortSignal): Promise<Ffmpeg> {
  signal.throwIfAborted();
  await fetchCore(signal);
  const ffmpeg = new FFmpeg();
  const log: string[] = [];
  ffmpeg.on('log', ({ message }) => {
    log.push(message);
    if (log.length > keptLogLines) log.shift();
  });
  const close = () => {
    signal.removeEventListener('abort', close);
    ffmpeg.terminate();
  };
  signal.addEventListener('abort', close);
  const guarded = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await work;
    } catch (cause) {
      if (signal.aborted) throw abortError();
      throw new AppError('encoder-failed', `ffmpeg broke down: ${lastWords(log)}`, { cause });
    }
  };
  try {
    await load(ffmpeg);
  } catch (cause) {
    close();
    if (signal.aborted) throw abortError();
    throw new AppError('encoder-unavailable', 'ffmpeg could not be started.', { cause });
  }

  return {
    exec: async (args) => {
      log.length = 0;
      const status = await guarded(ffmpeg.exec([...args]));
      if (status !== 0)
        throw new AppError('encoder-failed', `ffmpeg ended with ${status}: ${lastWords(log)}`);
    },
    write: async (name, data) => void (await guarded(ffmpeg.writeFile(name, data))),
    take: async (name) => {
      const data = await guarded(ffmpeg.readFile(name));
      await guarded(ffmpeg.deleteFile(name));
      return data as Uint8Array<ArrayBuffer>;
    },
    mount: async (folder, blobs) => {
      await guarded(ffmpeg.createDir(folder));
      await guarded(ffmpeg.mount(FFFSType.WORKERFS, { blobs: [...blobs] }, folder));
    },
    close,
  };
}

/** What it said before it stopped; its very last line is always the same. */
const lastWords = (log: readonly string[]) =>
  log
    .filter((line) => line !== 'Aborted()')
    .slice(-3)
    .join(' | ');

let isCoreFetched = false;

/** Into the browser's caches, before `load()` takes it from there: a slow line is no start that hangs, and no copy of it is held. */
async function fetchCore(signal: AbortSignal): Promise<void> {
  if (isCoreFetched) return;
  try {
    const response = await fetch(absolute(wasmUrl), { signal });
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    await response.body?.pipeTo(new WritableStream());
    isCoreFetched = true;
  } catch (cause) {
    if (signal.aborted) throw abortError();
    throw new AppError('encoder-unavailable', 'ffmpeg could not be fetched.', { cause });
  }
}

async function load(ffmpeg: FFmpeg): Promise<void> {
  const loaded = ffmpeg.load({
    classWorkerURL: absolute(workerUrl),
    coreURL: absolute(coreUrl),
    wasmURL: absolute(wasmUrl),
  });
  const timeout = new Promise<never>((_, reject) => {
    setTimeout(() => reject(new Error(`no answer in ${startTimeoutMs} ms`)), startTimeoutMs);
  });
  await Promise.race([loaded, timeout]);
}

const absolute = (url: string) => new URL(url, self.location.href).href;
