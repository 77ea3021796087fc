import { expect, it } from 'vitest';
import type { DeviceReport } from '../../engine/protocol.ts';
import { deviceReport } from '../../testing/engine-rig.ts';
import { createRuntimes } from './runtimes.ts';

const neverOpened = () => Promise.reject(new Error('nothing is opened here'));

const chosenOn = (change: Partial<Extract<DeviceReport['webgpu'], { status: 'available' }>>) => {
  const report = deviceReport(true);
  const webgpu = { ...report.webgpu, ...change } as DeviceReport['webgpu'];
  return createRuntimes(neverOpened, () => Promise.resolve({ ...report, webgpu })).choose('auto');
};

it('a GPU without half precision draws all the same: in single precision it takes 15 % longer, the CPU a hundred times as long', async () => {
  expect(await chosenOn({ shaderF16: true })).toBe('webgpu');
  expect(await chosenOn({ shaderF16: false })).toBe('webgpu');
});

it('a GPU that is software does not', async () => {
  expect(await chosenOn({ software: true })).toBe('wasm');
});
