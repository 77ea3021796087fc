import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isFilmHead } from './film-head.ts';

const head = (text: string) => new Uint8Array(Buffer.from(text, 'latin1'));

test.each([
  '\0\0\0\x20ftypisom',
  '\0\0\0\x20ftypmp42',
  '\0\0\0\x14ftypqt  ',
  '\x1a\x45\xdf\xa3\x9f\x42\x86\x81',
])('%j begins a film', (text) => expect(isFilmHead(head(text))).toBe(true));

test('pictures begin otherwise, also those in a container of films', () => {
  const folder = join(import.meta.dirname, '../../../../e2e/cases/carriers');
  for (const kind of ['avif', 'jxl', 'jpg', 'webp', 'png']) {
    expect(isFilmHead(readFileSync(join(folder, `xmp.${kind}`))), kind).toBe(false);
  }
  for (const text of ['', '\0\0\0\x20ftypM4A ', 'ID3\x04', 'RIFF\0\0\0\0WAVE']) {
    expect(isFilmHead(head(text)), text).toBe(false);
  }
});
