import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { GenerateEvent, GenerateParams } from '../../engine/protocol.ts';
import { pictureEvents } from '../../testing/held-engine.ts';
import { advance, beginProgress, remainingMs } from './progress.ts';

const settings = {
  prompt: 'a',
  negativePrompt: '',
  steps: 5,
  guidanceScale: 4,
  seed: 0,
  width: 64,
  height: 64,
  sampler: 'model',
} as const;

function paramsFor(steps: number, count: number): GenerateParams {
  const model = { id: 'm', revision: 'r', source: { kind: 'stored' } } as const;
  return { model, backend: 'wasm', settings: { ...settings, steps }, count };
}

const loading: GenerateEvent[] = [
  { phase: 'download', loadedBytes: 0, totalBytes: 100 },
  { phase: 'download', loadedBytes: 100, totalBytes: 100 },
  { phase: 'session', component: 'text_encoder', done: 1, total: 3 },
  { phase: 'session', component: 'unet', done: 3, total: 3 },
];

function run(events: readonly GenerateEvent[], steps: number, count: number) {
  let progress = beginProgress(steps, count, null);
  return events.map((event) => (progress = advance(progress, event)));
}

test('the fraction never falls and ends at 1, whatever loads, falls back, or needs more calls than steps', () => {
  const story = fc.record({
    steps: fc.integer({ min: 1, max: 40 }),
    count: fc.integer({ min: 1, max: 5 }),
    loadFirst: fc.boolean(),
    reloadAt: fc.nat(100),
    calls: fc.integer({ min: 1, max: 80 }),
  });
  fc.assert(
    fc.property(story, ({ steps, count, loadFirst, reloadAt, calls }) => {
      const params = paramsFor(calls, count);
      const work = Array.from({ length: count }, (_, index) => pictureEvents(params, index)).flat();
      const again = reloadAt % work.length;
      const events = [...(loadFirst ? loading : []), ...work.toSpliced(again, 0, ...loading)];
      const fractions = run(events, steps, count).map((progress) => progress.fraction);
      expect(fractions.every((fraction, index) => fraction >= (fractions[index - 1] ?? 0))).toBe(true);
      expect(Math.max(...fractions)).toBeLessThanOrEqual(1);
      expect(fractions.at(-1)).toBeCloseTo(1, 12);
    }),
  );
});

test('before anything is measured there is no time left to tell', () => {
  expect(remainingMs(beginProgress(25, 1, null))).toBeNull();
});

test('time left counts the steps and pictures still to come', () => {
  const timing = { stepMs: 100, decodeMs: 50 };
  const begun = beginProgress(10, 3, timing);
  expect(remainingMs(begun)).toBe(3 * (10 * 100 + 50));
  const [, , second] = pictureEvents(paramsFor(10, 3), 0);
  expect(remainingMs(advance(begun, second!))).toBe(8 * 100 + 50 + 2 * (10 * 100 + 50));
  const decoding = advance(begun, { phase: 'decode', imageIndex: 2, imageCount: 3 });
  expect(remainingMs(decoding)).toBe(50);
  const tiles = { done: 2, total: 5 };
  expect(remainingMs(advance(begun, { phase: 'decode', imageIndex: 2, imageCount: 3, tiles }))).toBe(30);
});

test('a picture that is decoded in tiles comes nearer with each', () => {
  const begun = beginProgress(10, 1, null);
  const at = (done: number) =>
    advance(begun, { phase: 'decode', imageIndex: 0, imageCount: 1, tiles: { done, total: 4 } });
  const fractions = [0, 1, 2, 3, 4].map((done) => at(done).fraction);
  expect(fractions).toEqual(fractions.toSorted((a, b) => a - b));
  expect(fractions.at(-1)).toBe(1);
});

test('the last picture done leaves nothing', () => {
  const events = pictureEvents(paramsFor(4, 1), 0);
  expect(remainingMs(run(events, 4, 1).at(-1)!)).toBe(0);
});

test('a sampler that calls the model more often corrects the steps that were asked for', () => {
  const progress = run(pictureEvents(paramsFor(19, 2), 0).slice(0, 2), 10, 2).at(-1)!;
  expect(remainingMs(progress)).toBe(18 * 100 + 100 + 19 * 100 + 100);
});

test('the slow first step of a run does not spoil what was measured before', () => {
  const begun = beginProgress(10, 1, { stepMs: 100, decodeMs: 50 });
  const [, first, second] = pictureEvents(paramsFor(10, 1), 0, 1000);
  const afterFirst = advance(begun, first!);
  expect(afterFirst.timing?.stepMs).toBe(100);
  expect(advance(afterFirst, second!).timing?.stepMs).toBeGreaterThan(300);
});
