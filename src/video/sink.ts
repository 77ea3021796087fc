/** Where a file grows: in the origin-private file system, so that a long film does not fill memory, or in memory where there is none. */
import { AppError } from '../domain/errors.ts';
import { folders } from '../engine/stored-names.ts';
import { memorySink, type FileSink } from './memory-sink.ts';

/** An export that a person has not fetched after a day is of no more use. */
const maxAgeMs = 24 * 60 * 60 * 1000;

export async function openSink(name: string): Promise<FileSink> {
  try {
    return await diskSink(name);
  } catch {
    // No such file system here (private windows, old browsers): not an error, only less room.
    return memorySink();
  }
}

async function diskSink(name: string): Promise<FileSink> {
  const root = await navigator.storage.getDirectory();
  const folder = await root.getDirectoryHandle(folders.exports, { create: true });
  await removeOld(folder);
  const fileName = `${crypto.randomUUID()}-${name}`;
  const entry = await folder.getFileHandle(fileName, { create: true });
  const access = await entry.createSyncAccessHandle();
  return {
    write: (data, at) => writeAll(access, data, at),
    finish: async (type) => {
      access.flush();
      access.close();
      const file = await entry.getFile();
      return file.slice(0, file.size, type);
    },
    discard: async () => {
      access.close();
      await folder.removeEntry(fileName);
    },
  };
}

function writeAll(access: FileSystemSyncAccessHandle, data: Uint8Array<ArrayBuffer>, at: number): void {
  try {
    const written = access.write(data, { at });
    if (written === data.byteLength) return;
  } catch (cause) {
    throw new AppError('storage-full', 'There is no room for the film on this device.', { cause });
  }
  throw new AppError('storage-full', 'There is no room for the film on this device.');
}

/** Exports of earlier sessions; one that another tab still writes is locked and stays. */
async function removeOld(folder: FileSystemDirectoryHandle): Promise<void> {
  for await (const entry of folder.values()) {
    if (!isFile(entry)) continue;
    const { lastModified } = await entry.getFile();
    if (Date.now() - lastModified < maxAgeMs) continue;
    await folder.removeEntry(entry.name).catch(() => undefined);
  }
}

const isFile = (entry: FileSystemHandle): entry is FileSystemFileHandle => entry.kind === 'file';
