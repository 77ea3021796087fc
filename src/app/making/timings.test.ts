import { expect, test } from 'vitest';
import { timingKey, pictureSec, recordTiming, type Timings } from './timings.ts';

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
