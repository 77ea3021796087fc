import fc from 'fast-check';
// eslint-disable-next-line no-restricted-imports -- an independent program to compare with
import { unzipSync, zipSync } from 'fflate';
import { expect, test } from 'vitest';
import { AppError } from '../../../domain/errors.ts';
import { openZip, zipStream } from './zip.ts';

const codeOf = (error: unknown) => (error instanceof AppError ? error.code : error);
const pack = (files: Record<string, Uint8Array<ArrayBuffer>>) =>
  new Response(
    zipStream(Object.entries(files).map(([name, bytes]) => ({ name, data: new Blob([bytes]) }))),
  ).blob();
const bytesOf = async (blob: Blob) => new Uint8Array(await blob.arrayBuffer());

const anyFiles = fc.dictionary(
  fc.string({ unit: 'grapheme', minLength: 1 }).filter((name) => !/\p{Cs}|^\d+$/u.test(name)),
  fc.uint8Array({ maxLength: 300 }).map((bytes) => new Uint8Array(bytes)),
  { noNullPrototype: true },
);

test('any files come back, and another program reads them too', async () => {
  await fc.assert(
    fc.asyncProperty(anyFiles, async (files) => {
      const zipped = await pack(files);
      const zip = await openZip(zipped);
      expect(zip.names).toEqual(Object.keys(files));
      for (const [name, bytes] of Object.entries(files)) expect(await zip.read(name)).toEqual(bytes);
      expect(unzipSync(await bytesOf(zipped))).toEqual(files);
    }),
  );
});

test('bytes that look like the records of a zip do not confuse it', async () => {
  const inner = await bytesOf(await pack({ 'a.png': Uint8Array.of(1, 2, 3) }));
  const zip = await openZip(await pack({ 'inner.zip': inner, 'b.txt': Uint8Array.of(9) }));
  expect(zip.names).toEqual(['inner.zip', 'b.txt']);
  expect(await zip.read('inner.zip')).toEqual(inner);
});

test('a zip that another program has deflated is read', async () => {
  const text = new TextEncoder().encode('the same again '.repeat(1000));
  const zip = await openZip(new Blob([new Uint8Array(zipSync({ 'x.txt': text }))]));
  expect(await zip.read('x.txt')).toEqual(text);
});

test('one entry after the other is asked for, as the reader takes them', async () => {
  let asked = 0;
  const sources = function* () {
    for (; asked < 100;) yield { name: `${asked++}.bin`, data: new Blob([new Uint8Array(10)]) };
  };
  const reader = zipStream(sources()).getReader();
  await reader.read();
  expect(asked).toBeLessThan(4);
  await reader.cancel();
  expect(asked).toBeLessThan(4);
});

test('a damaged entry is found by its checksum', async () => {
  const zipped = await bytesOf(await pack({ a: Uint8Array.of(1, 2, 3), b: Uint8Array.of(4) }));
  zipped[32]! ^= 1;
  const zip = await openZip(new Blob([zipped]));
  expect(await zip.read('a').catch(codeOf)).toBe('file-corrupt');
  expect(await zip.read('b')).toEqual(Uint8Array.of(4));
});

test('what is no zip, is cut off or is damaged anywhere ends in an AppError', async () => {
  expect(await openZip(new Blob(['hello'])).catch(codeOf)).toBe('file-corrupt');
  const zipped = await bytesOf(
    new Blob([new Uint8Array(zipSync({ 'a.txt': new Uint8Array(5000), b: new Uint8Array(3) }))]),
  );
  expect(await openZip(new Blob([zipped.slice(0, -1)])).catch(codeOf)).toBe('file-corrupt');
  const damage = fc.array(fc.tuple(fc.nat(zipped.length - 1), fc.nat(255)), { minLength: 1, maxLength: 3 });
  await fc.assert(
    fc.asyncProperty(damage, async (edits) => {
      const broken = zipped.slice();
      for (const [at, byte] of edits) broken[at] = byte;
      const reading = openZip(new Blob([broken])).then((zip) =>
        Promise.all(zip.names.map((name) => zip.read(name))),
      );
      const outcome = await reading.then(() => 'fine', codeOf);
      expect(outcome).toSatisfy((code) => typeof code === 'string');
    }),
    { numRuns: 500 },
  );
});
