import { expect, test } from 'vitest';
import { english } from '../../testing/english.ts';
import { formatWords as arabic } from './ar/words.ts';
import { nouns } from './ar/nouns.ts';
import { formatWords as german } from './de/words.ts';
import { createFormat } from './format.ts';

const { bytes, bytesOf, seconds, timeLeft, percent, count } = english.format;

test('bytes are told in the unit that fits', () => {
  expect([1, 21_400, 21_400_000, 994_000_000, 2_130_000_000].map(bytes)).toEqual([
    '1 kB',
    '22 kB',
    '21.4 MB',
    '994 MB',
    '2.13 GB',
  ]);
  expect(bytesOf(3_140_000, 21_400_000)).toBe('3.1 of 21.4 MB');
  expect(bytesOf(300_000_000, 994_000_000)).toBe('300 of 994 MB');
});

test('weights have no more digits than they need', () => {
  expect([1.3, 0.909, 2, 0.85].map(english.format.weight)).toEqual(['1.3', '0.91', '2', '0.85']);
});

test('seconds become minutes and hours', () => {
  expect([0.44, 9.94, 12.4, 59.4, 60, 95, 3599, 5400].map(seconds)).toEqual([
    '0.4 s',
    '9.9 s',
    '12 s',
    '59 s',
    '1 min',
    '1 min 35 s',
    '59 min 59 s',
    '1 h 30 min',
  ]);
});

test('time left does not pretend to know more than it does', () => {
  expect([-5, 900, 9_100, 11_000, 41_000, 58_000, 130_000, 5_400_000].map(timeLeft)).toEqual([
    'about 1 s left',
    'about 1 s left',
    'about 10 s left',
    'about 15 s left',
    'about 45 s left',
    'about 1 min left',
    'about 2 min left',
    'about 1 h 30 min left',
  ]);
});

test('percent and plurals are those of the language', () => {
  expect([percent(0.34), count(1, { one: '# step', other: '# steps' })]).toEqual(['34 %', '1 step']);
  expect(count(12_000, { one: '# step', other: '# steps' })).toBe('12,000 steps');
});

test('German has its own comma and its own words', () => {
  const format = createFormat('de', german);
  expect([format.bytesOf(3_140_000, 21_400_000), format.seconds(4.2), format.timeLeft(41_000)]).toEqual([
    '3,1 von 21,4 MB',
    '4,2 s',
    'noch etwa 45 s',
  ]);
});

test('Arabic has six plural forms, and digits by the region', () => {
  const egypt = createFormat('ar-EG', arabic);
  expect([0, 1, 2, 3, 11, 100].map((many) => egypt.count(many, nouns.pictures))).toEqual([
    'لا صور',
    'صورة واحدة',
    'صورتان',
    '٣ صور',
    '١١ صورة',
    '١٠٠ صورة',
  ]);
  expect(createFormat('ar-MA', arabic).count(3, nouns.pictures)).toBe('3 صور');
  expect(egypt.size(512, 768)).toBe('٥١٢ × ٧٦٨');
});
