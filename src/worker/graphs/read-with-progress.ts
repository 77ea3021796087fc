import type { SessionNeed } from '../../domain/model/graph-shape.ts';
import type { ModelComponent } from '../../domain/model/model-file.ts';
import type { Job } from '../runtime/job.ts';
import type { Graph, GraphTarget } from '../runtime/runtime.ts';
import type { GraphSource } from './graph-source.ts';

export const everyPicture: readonly ModelComponent[] = ['text_encoder', 'unet', 'vae_decoder'];

/** Reads a component and tells of bytes the first time that they come; a component read again is no news. */
export function readWithProgress(source: GraphSource, target: GraphTarget, totalBytes: number) {
  const told = new Set<string>();
  let loadedBytes = 0;
  let toldBytes = 0;
  return (need: SessionNeed, { signal, tell }: Job): Promise<Graph> => {
    const { component } = need;
    const news = everyPicture.includes(component) && !told.has(component);
    told.add(component);
    const onBytes = (bytes: number) => {
      if (!news) return;
      loadedBytes += bytes;
      if (loadedBytes - toldBytes < totalBytes / 200 && loadedBytes < totalBytes) return;
      toldBytes = loadedBytes;
      tell({ phase: 'download', loadedBytes, totalBytes });
    };
    return source.read(need, target, { onBytes, signal });
  };
}
