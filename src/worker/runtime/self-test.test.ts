import { expect, it } from 'vitest';
import { wasm } from '../../testing/engine-rig.ts';
import { faultyRuntime } from '../../testing/faulty-runtime.ts';
import { attentionIsRight } from './self-test.ts';

it('finds the attention of WASM right, and leaves no session behind', async () => {
  const runtime = await wasm();
  const before = runtime.liveSessions;
  expect(await attentionIsRight(runtime)).toBe(true);
  expect(runtime.liveSessions).toBe(before);
});

it.each([
  ['one value that is off by 1 %', (value: number, i: number) => (i === 12_345 ? value + 0.01 : value)],
  ['values that are no numbers', () => NaN],
])('finds %s', async (_what, spoil) => {
  const runtime = faultyRuntime(await wasm(), 'webgpu', {
    afterRun: (_output, _run, result) => ({ ...result, data: (result.data as Float32Array).map(spoil) }),
  });
  expect(await attentionIsRight(runtime)).toBe(false);
});
