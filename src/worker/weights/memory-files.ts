/** A hub model that is kept nowhere: for those who have memory for it, but no room on the disk. */
import { AppError } from '../../domain/errors.ts';
import type { ModelFile } from '../../domain/model/model-file.ts';
import type { ModelPlan } from '../../domain/model/plan.ts';
import { memorySink } from './byte-sink.ts';
import { fetchFile } from './fetch-file.ts';
import type { HubDeps } from './hub.ts';
import { sourceUrl } from './remote-checkpoint.ts';
import type { ModelFiles } from './model-files.ts';

/** Each file is fetched once and stays in memory as long as these files are held. */
export function memoryModelFiles(plan: ModelPlan, deps: Omit<HubDeps, 'signal' | 'onWait'>): ModelFiles {
  const { origin, files, filled } = plan;
  if (origin.kind === 'disk') throw new AppError('internal', `${plan.id} does not come from a server.`);
  const encode = (text: string) => new TextEncoder().encode(text);
  const held = new Map<string, Uint8Array>(filled.map(({ path, text }) => [path, encode(text)]));
  const list: readonly ModelFile[] = [
    ...files.map(({ path, source }) => ({ path, sizeBytes: source.sizeBytes })),
    ...filled.map(({ path }) => ({ path, sizeBytes: held.get(path)!.length })),
  ];

  const readBytes: ModelFiles['readBytes'] = async (path, onBytes, signal) => {
    const known = held.get(path);
    if (known) return known;
    const source = files.find((file) => file.path === path)?.source;
    if (!source) throw new AppError('file-not-found', `The model has no file ${path}.`);
    const sink = memorySink(source);
    let toldBytes = 0;
    await fetchFile(sourceUrl(origin, source), source, sink, {
      ...deps,
      signal: signal ?? new AbortController().signal,
      onLength: (lengthBytes) => {
        onBytes?.(Math.max(0, lengthBytes - toldBytes));
        toldBytes = Math.max(toldBytes, lengthBytes);
      },
    });
    held.set(path, sink.bytes);
    return sink.bytes;
  };

  return {
    list: () => list,
    readBytes,
    readText: async (path) => new TextDecoder().decode(await readBytes(path)),
  };
}
