import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { ModelFiles } from '../worker/weights/model-files.ts';

/** A model's folder on this machine; `hide` leaves out files whose path matches. */
export function folderFiles(folder: string, hide?: RegExp): ModelFiles {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((path) => !hide?.test(path));
  const files = paths.map((path) => ({ path, sizeBytes: statSync(join(folder, path)).size }));
  return {
    list: () => files,
    readBytes: (path, onBytes) => {
      const bytes = new Uint8Array(readFileSync(join(folder, path)));
      onBytes?.(bytes.length);
      return Promise.resolve(bytes);
    },
    readText: (path) => Promise.resolve(readFileSync(join(folder, path), 'utf8')),
  };
}
