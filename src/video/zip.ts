/** The video worker's door to zip.js: files into a zip as they come, stored (PNGs do not get smaller). */
import { Uint8ArrayReader, ZipWriter as Zip } from '@zip.js/zip.js/lib/zip-core-custom.js';
import { mimeTypes } from './encoder.ts';
import type { ZipWriter } from './export.ts';
import { openSink } from './sink.ts';

/** Throws `storage-full`; so do the writer's functions. */
export async function startZip(name: string): Promise<ZipWriter> {
  const sink = await openSink(name);
  let position = 0;
  let finished = false;
  const growing = new WritableStream<Uint8Array<ArrayBuffer>>({
    write: (data) => {
      sink.write(data, position);
      position += data.byteLength;
    },
  });
  const zip = new Zip(growing, { useWebWorkers: false, level: 0 });
  return {
    add: async (fileName, data) => void (await zip.add(fileName, new Uint8ArrayReader(data))),
    finish: async () => {
      await zip.close();
      finished = true;
      return sink.finish(mimeTypes['png-zip']);
    },
    close: async () => {
      if (!finished) await sink.discard();
    },
  };
}
