import fc from 'fast-check';
import { expect, it } from 'vitest';
import { soundAvcC } from './avcc.ts';

const sps = [0x67, 0x64, 0x00, 0x1e, 0xac, 0xd9, 0x40, 0xa0, 0x2f, 0xf9];
const pps = [0x68, 0xeb, 0xe3, 0xcb, 0x22, 0xc0];
const highProfileTail = [0xfd, 0xf8, 0xf8, 0x00];
const avcC = (first: number[], second: number[], head = [1, 0x64, 0x00, 0x1e, 0xff, 0xe1]) => [
  ...[...head, 0, first.length, ...first],
  ...[1, 0, second.length, ...second, ...highProfileTail],
];
const sound = (bytes: readonly number[]) => {
  const result = soundAvcC(new Uint8Array(bytes));
  return result && [...result];
};

it('what is well-formed stays as it is', () => {
  expect(sound(avcC(sps, pps))).toEqual(avcC(sps, pps));
});

it('headers that stand twice stand once', () => {
  const firefox = avcC([0x67, ...sps], [0x68, ...pps], [1, 0x67, 0x64, 0x00, 0xff, 0xe1]);
  expect(sound(firefox)).toEqual(avcC(sps, pps));
  const otherPriority = [0x27, ...sps.slice(1)];
  expect(sound(avcC([0x27, ...otherPriority], [0x28, 0x28, ...pps.slice(1)]))).toEqual(
    avcC(otherPriority, [0x28, ...pps.slice(1)]),
  );
});

it('a picture parameter set may well begin with what looks like its header', () => {
  const likeHeader = [0x68, 0x68, 0xe3];
  expect(sound(avcC(sps, likeHeader))).toEqual(avcC(sps, likeHeader));
});

it('bits that must be ones are ones', () => {
  expect(sound(avcC(sps, pps, [1, 0x64, 0x00, 0x1e, 0x03, 0x01]))).toEqual(avcC(sps, pps));
});

it.each([
  ['nothing', []],
  ['another version', [2, ...avcC(sps, pps).slice(1)]],
  ['no sets', [1, 0x64, 0, 0x1e, 0xff, 0xe0, 0]],
  ['sets of another kind', avcC([0x65, ...sps.slice(1)], pps)],
  ['the sets in the wrong order', avcC(pps, sps)],
])('%s cannot be used', (_what, bytes) => {
  expect(sound(bytes)).toBeNull();
});

it('what is cut short cannot be used, and nothing throws', () => {
  const whole = avcC(sps, pps);
  for (let length = 0; length < whole.length - highProfileTail.length; length++) {
    expect(sound(whole.slice(0, length))).toBeNull();
  }
  fc.assert(fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => void soundAvcC(bytes)));
});
