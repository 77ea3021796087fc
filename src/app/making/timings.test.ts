import { expect, test } from 'vitest';
import { timingKey, pictureSec, recordTiming, speedTimes, type Timings } from './timings.ts';

const model = { id: 'built-in', revision: 'r1' };
const size = { width: 256, height: 256, guidanceScale: 4 };

test('times are kept apart by model, revision, backend, size, and whether a step is one pass or two', () => {
  const keys = [
    timingKey(model, 'wasm', size),
    timingKey({ ...model, id: 'other' }, 'wasm', size),
    timingKey({ ...model, revision: 'r2' }, 'wasm', size),
    timingKey(model, 'webgpu', size),
    timingKey(model, 'wasm', { ...size, width: 512 }),
    timingKey(model, 'wasm', { ...size, guidanceScale: 1 }),
  ];
  expect(new Set(keys).size).toBe(keys.length);
  expect(timingKey(model, 'wasm', { ...size, guidanceScale: 0 })).toBe(keys[0]);
  expect(timingKey(model, 'wasm', { ...size, speed: 'fast' })).toBe(keys[5]);
});

test('the oldest times make room for new ones', () => {
  let timings: Timings = {};
  for (let index = 0; index < 60; index++) {
    timings = recordTiming(timings, `key ${index}`, { stepMs: index, decodeMs: 1 });
  }
  expect(Object.keys(timings)).toHaveLength(40);
  expect(timings['key 59']?.stepMs).toBe(59);
  expect(timings['key 0']).toBeUndefined();
});

test('a picture takes its steps and its decoding; nothing is known of what was never measured', () => {
  expect(pictureSec({ stepMs: 200, decodeMs: 500 }, 25)).toBe(5.5);
  expect(pictureSec(undefined, 25)).toBeNull();
});

test('both speeds are told from whichever was measured', () => {
  const settings = { ...size, sampler: 'dpmpp-2m', steps: 25 } as const;
  const exact = { [timingKey(model, 'wasm', settings)]: { stepMs: 4000, decodeMs: 1000 } };
  expect(speedTimes(exact, model, 'wasm', settings)).toEqual({ exactSec: 101, fastSec: 45 });
  const fast = {
    [timingKey(model, 'wasm', { ...settings, speed: 'fast' })]: { stepMs: 2000, decodeMs: 1000 },
  };
  expect(speedTimes(fast, model, 'wasm', settings)).toEqual({ exactSec: 101, fastSec: 45 });
  expect(speedTimes({}, model, 'wasm', settings)).toBeNull();
});

test('on a GPU two passes of one batch cost less than twice one', () => {
  const settings = { ...size, sampler: 'dpmpp-2m', steps: 25 } as const;
  const exact = { [timingKey(model, 'webgpu', settings)]: { stepMs: 60, decodeMs: 0 } };
  expect(speedTimes(exact, model, 'webgpu', settings)).toEqual({ exactSec: 1.5, fastSec: 0.88 });
});
