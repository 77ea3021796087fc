import { expect, it } from 'vitest';
import { isInInterval } from './guidance-interval.ts';

const guided = (calls: number, until: number) =>
  Array.from({ length: calls }, (_, call) => isInInterval(call, calls, until)).filter(Boolean).length;

it('guides the first calls of a run, and none after them', () => {
  expect(isInInterval(0, 25, 0.6)).toBe(true);
  expect(isInInterval(14, 25, 0.6)).toBe(true);
  expect(isInInterval(15, 25, 0.6)).toBe(false);
});

it('guides all of them at 1, and none at 0', () => {
  expect([guided(25, 1), guided(25, 0), guided(1, 1)]).toEqual([25, 0, 1]);
});
