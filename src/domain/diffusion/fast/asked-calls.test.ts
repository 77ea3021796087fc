import fc from 'fast-check';
import { expect, it } from 'vitest';
import { askedCalls } from './asked-calls.ts';

const drawn = (flags: readonly boolean[]) => flags.map((asked) => (asked ? 'x' : '.')).join('');

it('asks every call at the start, then every other one', () => {
  expect(drawn(askedCalls(12, { warmUp: 4, window: 2, growth: 0, tail: 1 }))).toBe('xxxx.x.x.x.x');
});

it('asks more and more rarely, and at the end again', () => {
  expect(drawn(askedCalls(20, { warmUp: 4, window: 2, growth: 1, tail: 2 }))).toBe(
    'xxxx.x..x...x....xxx'.slice(0, 20),
  );
});

it('asks one more at the start of a short run', () => {
  const rule = { warmUp: 4, window: 2, growth: 0, tail: 1, shortBelow: 12 };
  expect(drawn(askedCalls(11, rule))).toBe('xxxxx.x.x.x');
  expect(drawn(askedCalls(12, rule))).toBe('xxxx.x.x.x.x');
});

it('asks always with a window of one', () => {
  expect(askedCalls(5, { warmUp: 0, window: 1, growth: 0, tail: 0 })).toEqual([true, true, true, true, true]);
});

it('asks the first and the last, and a run that is no longer than its start as ever', () => {
  const rule = fc.record({
    warmUp: fc.integer({ min: 1, max: 9 }),
    window: fc.integer({ min: 1, max: 5 }),
    growth: fc.double({ min: 0, max: 2, noNaN: true }),
    tail: fc.integer({ min: 1, max: 4 }),
  });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 150 }), rule, (calls, asking) => {
      const flags = askedCalls(calls, asking);
      expect(flags).toHaveLength(calls);
      expect([flags[0], flags.at(-1)]).toEqual([true, true]);
      if (calls <= asking.warmUp + asking.tail) expect(flags.every(Boolean)).toBe(true);
    }),
  );
});
