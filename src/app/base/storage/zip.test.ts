import fc from 'fast-check';
import { unzipSync, zipSync } from 'fflate';
import { expect, test } from 'vitest';
import { AppError } from '../../../domain/errors.ts';
import { openZip, zipStream } from './zip.ts';

const codeOf = (error: unknown) => (error instanceof AppError ? error.code : error);
type Files = ReadonlyMap<string, Uint8Array<ArrayBuffer>>;
const pack = (files: Files) =>
  new Response(zipStream(Array.from(files, ([name, bytes]) => ({ name, data: new Blob([bytes]) })))).blob();
const filesOf = (files: Record<string, Uint8Array<ArrayBuffer>>): Files => new Map(Object.entries(files));
const bytesOf = async (blob: Blob) => new Uint8Array(await blob.arrayBuffer());

/** Also `__proto__`, `constructor` and `7`. A name that ends with a slash is a folder's. */
const anyName = fc
  .oneof(
    { weight: 9, arbitrary: fc.string({ unit: 'grapheme', minLength: 1 }) },
    fc.constantFrom('__proto__', 'constructor', 'toString', '7'),
  )
  .filter((name) => !/\p{Cs}|[\\/]/u.test(name));
const anyBytes = fc.uint8Array({ maxLength: 300 }).map((bytes) => new Uint8Array(bytes));
const anyFiles = fc
  .uniqueArray(fc.tuple(anyName, anyBytes), { selector: ([name]) => name, maxLength: 5 })
  .map((files): Files => new Map(files));

/** fflate keeps what it reads in an object, where this one name means something else. */
const unreadable = '__proto__';

function readElsewhere(zipped: Uint8Array) {
  const names: string[] = [];
  const filter = ({ name }: { name: string }) => names.push(name) > 0 && name !== unreadable;
  return { files: unzipSync(zipped, { filter }), names };
}

test('any files come back, and another program reads them too', async () => {
  await fc.assert(
    fc.asyncProperty(anyFiles, async (files) => {
      const zipped = await pack(files);
      const zip = await openZip(zipped);
      expect(zip.names).toEqual([...files.keys()]);
      for (const [name, bytes] of files) expect(await zip.read(name)).toEqual(bytes);
      const elsewhere = readElsewhere(await bytesOf(zipped));
      expect(elsewhere.names).toEqual([...files.keys()]);
      for (const [name, bytes] of files) {
        if (name !== unreadable) expect(elsewhere.files[name]).toEqual(bytes);
      }
    }),
  );
});

test('a source that fails ends the stream with its error', async () => {
  const sources = function* () {
    yield { name: 'a', data: new Blob(['a']) };
    throw new AppError('storage-failed', 'gone');
  };
  await expect(new Response(zipStream(sources())).blob()).rejects.toMatchObject({ code: 'storage-failed' });
});

test('bytes that look like the records of a zip do not confuse it', async () => {
  const inner = await bytesOf(await pack(filesOf({ 'a.png': Uint8Array.of(1, 2, 3) })));
  const zip = await openZip(await pack(filesOf({ 'inner.zip': inner, 'b.txt': Uint8Array.of(9) })));
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
  const zipped = await bytesOf(
    await pack(filesOf({ a: Uint8Array.from(Buffer.from('whole')), b: Uint8Array.of(4) })),
  );
  zipped[Buffer.from(zipped).indexOf('whole')]! ^= 1;
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
