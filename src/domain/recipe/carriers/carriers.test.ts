import fc from 'fast-check';
import { gunzipSync, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { joinBytes } from '../../../testing/png.ts';
import { anyRecipe } from '../../../testing/recipes.ts';
import { formatParameters } from '../parameters.ts';
import { decodeUtf8, encodeUtf8 } from '../text-bytes.ts';
import { claimGenerator } from './content-credentials.ts';
import { gifComments } from './gif-comment.ts';
import { readStealth } from './stealth.ts';
import { decodeUserComment, encodeUserComment } from './user-comment.ts';
import { joinWebp, webpChunks, withoutJpegMark } from './webp.ts';

const text = fc
  .array(fc.constantFrom('a lighthouse', '\n', 'é', '日本', '🍄', 'Steps: 20, Seed: 1'), {
    minLength: 1,
    maxLength: 8,
  })
  .map((parts) => `a${parts.join(' ')}`);
const ascii = (value: string) => Uint8Array.from(value, (letter) => letter.charCodeAt(0));
const utf16 = (value: string, little: boolean) => {
  const bytes = Buffer.from(value, 'utf16le');
  return Uint8Array.from(little ? bytes : bytes.swap16());
};

test('a comment of ours comes back, lone surrogates too', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (said) => {
      const trimmed = `x${said.replaceAll('\0', '')}`;
      expect(decodeUserComment(encodeUserComment(trimmed))).toBe(trimmed);
    }),
    { examples: [['\u6900\u{4b300}'], ['\ufeff'], ['\u7801\u6900\u00df']] },
  );
});

test('comments are read in both byte orders, with and without their mark, in UTF-8, and without a prefix', () => {
  fc.assert(
    fc.property(text, fc.boolean(), fc.boolean(), (said, little, marked) => {
      const mark = !marked ? [] : little ? [0xff, 0xfe] : [0xfe, 0xff];
      const unicode = joinBytes([ascii('UNICODE\0'), Uint8Array.from(mark), utf16(said, little)]);
      expect(decodeUserComment(unicode)).toBe(said);
      expect(decodeUserComment(joinBytes([ascii('ASCII\0\0\0'), encodeUtf8(said)]))).toBe(said);
      expect(decodeUserComment(joinBytes([ascii('UNICODE\0'), encodeUtf8(said)]))).toBe(said);
      expect(decodeUserComment(encodeUtf8(`prefixless ${said}`))).toBe(`prefixless ${said}`);
    }),
  );
});

test('a text in the pixels is read from every place that programs use', async () => {
  const said = 'a lighthouse 日本\nSteps: 20';
  for (const [signature, colours, packed] of [
    ['stealth_pnginfo', [3], false],
    ['stealth_pngcomp', [3], true],
    ['stealth_rgbinfo', [0, 1, 2], false],
    ['stealth_rgbcomp', [0, 1, 2], true],
  ] as const) {
    const body = packed ? gzipSync(encodeUtf8(said)) : encodeUtf8(said);
    const length = new Uint8Array(4);
    new DataView(length.buffer).setUint32(0, body.length * 8);
    const image = withBits(joinBytes([ascii(signature), length, body]), colours);
    expect(await readStealth(image, (data) => Promise.resolve(gunzipSync(data)))).toBe(said);
  }
  expect(
    await readStealth(withBits(ascii('nothing hidden here'), [3]), () => Promise.reject(new Error())),
  ).toBeNull();
});

test('1,000 recipes of ours come back from the pixels', async () => {
  await fc.assert(
    fc.asyncProperty(anyRecipe, async (recipe) => {
      const said = formatParameters(recipe);
      const body = gzipSync(encodeUtf8(said));
      const length = new Uint8Array(4);
      new DataView(length.buffer).setUint32(0, body.length * 8);
      const bytes = joinBytes([ascii('stealth_pngcomp'), length, body]);
      // As small a picture as holds it.
      const image = withBits(bytes, [3], Math.ceil((bytes.length * 8) / 40));
      const hidden = await readStealth(image, (data) => Promise.resolve(gunzipSync(data)));
      // Lone surrogates are no UTF-8.
      expect(hidden).toBe(decodeUtf8(encodeUtf8(said)));
    }),
    { numRuns: 1000 },
  );
});

function withBits(bytes: Uint8Array, colours: readonly number[], height = 30) {
  const width = 40;
  const data = new Uint8ClampedArray(width * height * 4).fill(254);
  for (let bit = 0; bit < bytes.length * 8; bit++) {
    const pixel = Math.floor(bit / colours.length);
    const at = 4 * ((pixel % height) * width + Math.floor(pixel / height)) + colours[bit % colours.length]!;
    data[at]! |= (bytes[bit >> 3]! >> (7 - (bit & 7))) & 1;
  }
  return { width, height, data };
}

test('a GIF’s comment of any length is read, and a cut-off file does no harm', () => {
  const said = 'a lighthouse é '.repeat(40);
  const blocks = Array.from({ length: Math.ceil(encodeUtf8(said).length / 255) }, (_, at) => {
    const part = encodeUtf8(said).subarray(at * 255, (at + 1) * 255);
    return joinBytes([Uint8Array.of(part.length), part]);
  });
  const head = joinBytes([ascii('GIF89a'), Uint8Array.of(1, 0, 1, 0, 0x80, 0, 0), new Uint8Array(6)]);
  const file = joinBytes([head, Uint8Array.of(0x21, 0xfe), ...blocks, Uint8Array.of(0, 0x3b)]);
  expect(gifComments(file)).toEqual([said]);
  for (let length = 0; length < file.length; length += 7) gifComments(file.subarray(0, length));
});

test('the generator of a claim is read in both of its forms', () => {
  const first = joinBytes([
    ascii('junk'),
    ascii('\x6fclaim_generator'),
    ascii('\x6aOwn Camera'),
    ascii('rest'),
  ]);
  expect(claimGenerator(first)).toBe('Own Camera');
  const info = joinBytes([ascii('\x74claim_generator_info'), ascii('\x81\xa1\x64name\x66OpenAI')]);
  expect(claimGenerator(info)).toBe('OpenAI');
  expect(claimGenerator(ascii('no claim here'))).toBeNull();
});

test('WebP chunks come back in order, and JPEG’s mark before Exif goes', () => {
  const chunks = [
    { type: 'VP8X', data: new Uint8Array(10) },
    { type: 'EXIF', data: ascii('Exif\0\0MM\0*odd') },
  ];
  expect(webpChunks(joinWebp(chunks))).toEqual(chunks);
  expect(webpChunks(withoutJpegMark(joinWebp(chunks)))[1]?.data).toEqual(ascii('MM\0*odd'));
});
