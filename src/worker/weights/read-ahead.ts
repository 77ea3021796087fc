/** Files that will be asked for are fetched at once, beside each other, and not each when its turn has come. */
import type { ModelFile } from '../../domain/model/model-file.ts';
import type { ModelFiles } from './model-files.ts';

/** Models of more than this would fill the memory before anything of them is used. */
const mostBytes = 64 * 2 ** 20;

/** In the order in which a picture needs them; what lies elsewhere is asked for by others, or not at all. */
const folders = ['', 'scheduler', 'text_encoder', 'unet', 'vae_decoder'];

interface Coming {
  readonly bytes: Promise<Uint8Array>;
  /** Tells of the bytes that have come by now, and then of the others. */
  listen(onBytes: (bytes: number) => void): void;
}

/** Begins now. Each file is handed out once; asked for again it is read again. Fails as `files`, when it is asked for. */
export function readAhead(files: ModelFiles): ModelFiles {
  const wanted = files
    .list()
    .filter(({ path }) => folders.includes(folderOf(path)))
    .toSorted((a, b) => placeOf(a) - placeOf(b));
  if (wanted.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0) > mostBytes) return files;
  const coming = new Map(wanted.map(({ path }) => [path, begin(files, path)]));

  const readBytes: ModelFiles['readBytes'] = (path, onBytes, signal) => {
    const ahead = coming.get(path);
    if (!ahead) return files.readBytes(path, onBytes, signal);
    coming.delete(path);
    if (onBytes) ahead.listen(onBytes);
    return untilAborted(ahead.bytes, signal);
  };
  return {
    ...files,
    readBytes,
    readText: async (path) => new TextDecoder().decode(await readBytes(path)),
  };
}

function begin(files: ModelFiles, path: string): Coming {
  let loadedBytes = 0;
  let tell: (bytes: number) => void = (more) => {
    loadedBytes += more;
  };
  const bytes = files.readBytes(path, (more) => tell(more));
  // It is told to whoever asks for the file.
  bytes.catch(() => undefined);
  return {
    bytes,
    listen: (onBytes) => {
      if (loadedBytes > 0) onBytes(loadedBytes);
      tell = onBytes;
    },
  };
}

function untilAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return work;
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason as Error);
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}

const folderOf = (path: string) => path.slice(0, Math.max(0, path.lastIndexOf('/')));

/** Small files first: they say what is to be done with the others. */
const placeOf = ({ path }: ModelFile) => (path.endsWith('.json') ? -1 : folders.indexOf(folderOf(path)));
