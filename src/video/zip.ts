/** The video worker's door to fflate: files into a zip as they come, stored (PNGs do not get smaller). */
import { Zip, ZipPassThrough } from 'fflate';
import { mimeTypes } from './encoder.ts';
import type { ZipWriter } from './export.ts';
import { openSink } from './sink.ts';

/** Throws `storage-full`; so do the writer's functions. */
export async function startZip(name: string): Promise<ZipWriter> {
  const sink = await openSink(name);
  let position = 0;
  let finished = false;
  const zip = new Zip((error, data) => {
    if (error) throw error;
    sink.write(data, position);
    position += data.byteLength;
  });
  return {
    add: (fileName, data) => {
      const entry = new ZipPassThrough(fileName);
      zip.add(entry);
      entry.push(data, true);
    },
    finish: () => {
      zip.end();
      finished = true;
      return sink.finish(mimeTypes['png-zip']);
    },
    close: () => {
      if (finished) return Promise.resolve();
      zip.terminate();
      return sink.discard();
    },
  };
}
