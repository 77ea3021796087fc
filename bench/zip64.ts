/**
 * A zip of more than 4 GiB through the page's own door, as a large gallery's export is: `npx tsx bench/zip64.ts [folder]` writes it to a disk,
 * reads its directory back, and then what lies beyond 4 GiB. Not among the tests: it takes half a minute and 4.5 GB of a disk.
 */
import { closeSync, createWriteStream, mkdtempSync, openSync, readSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream as NodeStream } from 'node:stream/web';
import { openZip, zipStream, type ZipSource } from '../src/app/base/storage/zip.ts';

const pieceBytes = 64 * 2 ** 20;
const pieces = 66;
const last = { name: 'last.txt', text: 'beyond 4 GiB' };

function* sources(): Generator<ZipSource> {
  const piece = new Blob([new Uint8Array(pieceBytes)]);
  for (let i = 0; i < pieces; i++) yield { name: `piece-${i}.bin`, data: piece };
  yield { name: last.name, data: new Blob([last.text]) };
}

/** What zip.js asks of a Blob. `fs.openAsBlob` of Node 20 takes a file's size modulo 4 GiB. */
const blobOf = (file: number, size: number) =>
  ({
    size,
    slice: (from: number, to: number) => {
      const bytes = new Uint8Array(Math.min(to, size) - from);
      readSync(file, bytes, 0, bytes.length, from);
      return new Blob([bytes]);
    },
  }) as unknown as Blob;

const folder = mkdtempSync(join(process.argv[2] ?? tmpdir(), 'zoetrope-zip64-'));
try {
  const path = join(folder, 'large.zip');
  const began = performance.now();
  const stream = zipStream(sources()) as unknown as NodeStream<Uint8Array>;
  await pipeline(Readable.fromWeb(stream), createWriteStream(path));
  const writtenSec = (performance.now() - began) / 1000;
  const sizeBytes = statSync(path).size;
  if (sizeBytes <= 2 ** 32) throw new Error(`${sizeBytes} bytes are not beyond 4 GiB.`);
  const file = openSync(path, 'r');
  const zip = await openZip(blobOf(file, sizeBytes));
  const names = zip.names;
  if (names.length !== pieces + 1) throw new Error(`${names.length} entries were read back.`);
  const text = new TextDecoder().decode(await zip.read(last.name));
  if (text !== last.text) throw new Error(`“${text}” was read back.`);
  closeSync(file);
  process.stdout.write(
    `${(sizeBytes / 1e9).toFixed(2)} GB in ${writtenSec.toFixed(1)} s; ${names.length} entries, the last at ${(sizeBytes / 2 ** 32).toFixed(3)} × 4 GiB, read back\n`,
  );
} finally {
  rmSync(folder, { recursive: true });
}
