import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createLastingTensors } from './lasting-tensors.ts';
import type { HostTensor } from './runtime.ts';

beforeEach(() => vi.stubGlobal('GPUBufferUsage', { STORAGE: 1, COPY_SRC: 2, COPY_DST: 4 }));
afterEach(() => vi.unstubAllGlobals());

const value = (...numbers: number[]): HostTensor => ({
  type: 'float32',
  dims: [numbers.length],
  data: Float32Array.from(numbers),
  lasting: true,
});

/** A device that notes what is brought to it. */
function device() {
  const buffers: { readonly bytes: ArrayBuffer; destroyed: boolean }[] = [];
  const createBuffer = ({ size }: GPUBufferDescriptor) => {
    const buffer = { bytes: new ArrayBuffer(size), destroyed: false };
    buffers.push(buffer);
    return {
      getMappedRange: () => buffer.bytes,
      unmap: () => undefined,
      destroy: () => (buffer.destroyed = true),
    };
  };
  const fake = { createBuffer } as unknown as GPUDevice;
  return { buffers, tensors: createLastingTensors(fake, (_buffer, { dims }) => ({ dims })) };
}

it('a value that comes again is brought to the GPU once, whatever comes between', () => {
  const { buffers, tensors } = device();
  const [one, other] = [value(1, 2, 3, 4, 5), value(6)];
  const first = tensors.get(one);
  tensors.get(other);
  expect(tensors.get(one)).toBe(first);
  expect(buffers).toHaveLength(2);
  expect([...new Float32Array(buffers[0]!.bytes)]).toEqual([1, 2, 3, 4, 5, 0, 0, 0]);
});

it('what was not used for long goes first, and all goes with the session', () => {
  const { buffers, tensors } = device();
  const values = Array.from({ length: 16 }, (_, at) => value(at));
  for (const each of values) tensors.get(each);
  tensors.get(values[0]!);
  tensors.get(value(99));
  expect(buffers.map(({ destroyed }) => destroyed).indexOf(true)).toBe(1);
  tensors.release();
  expect(buffers.every(({ destroyed }) => destroyed)).toBe(true);
});
