import { expect, it } from 'vitest';
import { directionOf } from './text-direction.ts';

it.each([
  ['שלום עולם, מה שלומך?', 'rtl'],
  ['قال Zoetrope 2.0 إنه جاهز.', 'rtl'],
  ['Zoetrope: قال', 'ltr'],
  ['2.0 — שלום', 'rtl'],
  ['“مرحبا”', 'rtl'],
  ['\u2068Zoetrope\u2069 قال', 'rtl'],
  ['\u2067قال\u2069 says', 'ltr'],
  ['\u2067\u2066a\u2069 قال\u2069 says', 'ltr'],
  ['\u2069 قال', 'rtl'],
  ['\u200F2.0!', 'rtl'],
  ['\u200Eقال', 'ltr'],
  ['ދިވެހި', 'rtl'],
  ['𐤀𐤁', 'rtl'],
  ['日本語', 'ltr'],
  ['12:30', 'ltr'],
  ['', 'ltr'],
] as const)('%s runs %s', (text, direction) => {
  expect(directionOf(text)).toBe(direction);
});
