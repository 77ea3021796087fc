import { AppError } from '../../domain/errors.ts';
import type { SourceFile } from '../../domain/model/model-file.ts';
import { gitBlobOid, sha256Of } from './sha256.ts';

/** Where a download goes: storage or memory. Bytes come in order; `finish` is the only way to a file that counts. */
export interface ByteSink {
  /** Bytes taken so far: where the next request begins. */
  length(): number;
  /** Of the answer that these bytes came with. */
  etag(): string | null;
  /** Forgets everything. What comes next comes with `etag`. */
  restart(etag: string | null): Promise<void>;
  append(bytes: Uint8Array): Promise<void>;
  /** Checks length and hash. Throws `file-corrupt` and forgets everything when they are wrong. */
  finish(): Promise<void>;
}

/** Throws `file-corrupt` when a file is not what its source said. `whole` is asked for only where there is nothing but git's hash. */
export async function checkContent(
  source: SourceFile,
  sha256: string,
  whole: () => Promise<Uint8Array>,
): Promise<void> {
  if (source.sha256 !== undefined) {
    if (source.sha256.toLowerCase() !== sha256) throw wrongHash(source, sha256);
    return;
  }
  if (source.gitOid === undefined) return;
  const oid = await gitBlobOid(await whole());
  if (oid !== null && oid !== source.gitOid.toLowerCase()) throw wrongHash(source, oid);
}

function wrongHash({ path, sha256, gitOid }: SourceFile, found: string): AppError {
  const expected = sha256 ?? gitOid ?? '';
  return new AppError('file-corrupt', `${path} has the hash ${found} instead of ${expected}.`);
}

export function tooLong({ path, sizeBytes }: SourceFile): AppError {
  return new AppError('file-corrupt', `${path} is longer than the ${sizeBytes} bytes it should have.`);
}

/** A file that is kept in memory only. */
export function memorySink(source: SourceFile): ByteSink & { readonly bytes: Uint8Array } {
  const bytes = new Uint8Array(source.sizeBytes);
  let length = 0;
  let etag: string | null = null;
  const restart = (next: string | null) => {
    length = 0;
    etag = next;
    return Promise.resolve();
  };
  return {
    bytes,
    length: () => length,
    etag: () => etag,
    restart,
    append: async (part) => {
      if (length + part.length > bytes.length) throw tooLong(source);
      bytes.set(part, length);
      length += part.length;
      return Promise.resolve();
    },
    finish: async () => {
      try {
        await checkContent(source, await sha256Of(bytes), () => Promise.resolve(bytes));
      } catch (error) {
        await restart(null);
        throw error;
      }
    },
  };
}
