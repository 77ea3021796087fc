import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeLatin1, decodeUtf8, encodeLatin1, encodeUtf8 } from './text-bytes.ts';

test('text is encoded to UTF-8 as the platform does it', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((u) => String.fromCharCode(u)) }),
      (text) => {
        expect(encodeUtf8(text)).toEqual(new TextEncoder().encode(text));
      },
    ),
  );
  expect(encodeUtf8('🚀猫é')).toEqual(new TextEncoder().encode('🚀猫é'));
});

test('well-formed UTF-8 is decoded as the platform does it, and no bytes make it throw', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(decodeUtf8(new TextEncoder().encode(text))).toBe(text);
    }),
  );
  const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const lenient = (bytes: Uint8Array) => decodeUtf8(bytes).includes('\ufffd');
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 6 }), (bytes) => {
      let wellFormed = true;
      try {
        expect(strict.decode(bytes)).toBe(decodeUtf8(bytes));
      } catch (error) {
        if (!(error instanceof TypeError)) throw error;
        wellFormed = false;
      }
      if (!wellFormed) expect(lenient(bytes)).toBe(true);
    }),
    { numRuns: 5000 },
  );
});

test('Latin-1 has one byte a character', () => {
  const all = Uint8Array.from({ length: 256 }, (_, byte) => byte);
  expect(encodeLatin1(decodeLatin1(all))).toEqual(all);
});
