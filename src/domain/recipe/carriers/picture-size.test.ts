import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makePng } from '../../../testing/png.ts';
import { pictureSize } from './picture-size.ts';

const bytes = (...values: readonly (number | string)[]) =>
  Uint8Array.from(
    values.flatMap((value) => (typeof value === 'number' ? [value] : [...Buffer.from(value, 'latin1')])),
  );

test('sizes stand in the heads of PNG, GIF, WebP, JPEG and AVIF', () => {
  expect(pictureSize(makePng(9, 5))).toEqual({ width: 9, height: 5 });
  expect(pictureSize(bytes('GIF89a', 0x30, 0x75, 0x10, 0x27))).toEqual({ width: 30_000, height: 10_000 });
  const riff = bytes('RIFF', 0, 0, 0, 0, 'WEBP');
  const webp = (...chunk: readonly (number | string)[]) => pictureSize(bytes(...riff, ...chunk));
  expect(webp('VP8X', 10, 0, 0, 0, 0, 0, 0, 0, 0xff, 0x3f, 0, 0x0f, 0, 0)).toEqual({
    width: 16384,
    height: 16,
  });
  expect(webp('VP8 ', 0, 0, 0, 0, 0, 0, 0, 0x9d, 1, 0x2a, 0x80, 2, 0xc0, 1)).toEqual({
    width: 640,
    height: 448,
  });
  expect(webp('VP8L', 0, 0, 0, 0, 0x2f, 0x7f, 0xc2, 0x6f, 0)).toEqual({ width: 640, height: 448 });
  const jpeg = bytes(0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 1, 0xff, 0xc2, 0, 11, 8, 1, 0xc0, 2, 0x80, 3);
  expect(pictureSize(jpeg)).toEqual({ width: 640, height: 448 });
  const avif = bytes(
    0,
    0,
    0,
    24,
    'ftypavif',
    0,
    0,
    0,
    20,
    'ispe',
    0,
    0,
    0,
    0,
    0,
    0,
    0x75,
    0x30,
    0,
    0,
    0x75,
    0x30,
  );
  expect(pictureSize(avif)).toEqual({ width: 30_000, height: 30_000 });
});

test('a head that is cut off, or of no picture, has none', () => {
  const whole = makePng(9, 5);
  for (let length = 0; length < 24; length++) expect(pictureSize(whole.slice(0, length))).toBeNull();
  expect(pictureSize(bytes('hello, this is a text and no picture'))).toBeNull();
  const folder = join(import.meta.dirname, '../../../../e2e/cases/pictures');
  for (const name of readdirSync(folder).filter((file) => /\.(png|jpg|webp)$/.test(file))) {
    expect(pictureSize(new Uint8Array(readFileSync(join(folder, name)))), name).not.toBeNull();
  }
});
