import { expect, test } from 'vitest';
import { formatBytes, formatBytesOf, formatSeconds, formatTimeLeft, shorten } from './format.ts';

test('bytes are told in the unit that fits', () => {
  expect([1, 21_400, 21_400_000, 994_000_000, 2_130_000_000].map(formatBytes)).toEqual([
    '1 kB',
    '22 kB',
    '21.4 MB',
    '994 MB',
    '2.13 GB',
  ]);
  expect(formatBytesOf(3_140_000, 21_400_000)).toBe('3.1 of 21.4 MB');
  expect(formatBytesOf(300_000_000, 994_000_000)).toBe('300 of 994 MB');
});

test('seconds become minutes and hours', () => {
  expect([0.44, 9.94, 12.4, 59.4, 60, 95, 3599, 5400].map(formatSeconds)).toEqual([
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
  expect([-5, 900, 9_100, 11_000, 41_000, 58_000, 130_000, 5_400_000].map(formatTimeLeft)).toEqual([
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

test('a long text is cut at a word', () => {
  expect(shorten('a calm  beach\nat sunset', 40)).toBe('a calm beach at sunset');
  expect(shorten('a calm beach at sunset', 15)).toBe('a calm beach…');
  expect(shorten('abcdefghij', 4)).toBe('abcd…');
});
