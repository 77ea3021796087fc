import type { HostTensor } from './runtime.ts';

/** Conditionings that take turns in one picture; half a megabyte each for a full-size model. */
const mostKept = 16;

export interface LastingTensors<Tensor> {
  /** The value on the GPU, brought there the first time. */
  get(value: HostTensor): Tensor;
  release(): void;
}

/** Values that a session is fed in every run, on the GPU: `wrap` makes the runtime's tensor of a buffer. */
export function createLastingTensors<Tensor>(
  device: GPUDevice,
  wrap: (buffer: GPUBuffer, value: HostTensor) => Tensor,
): LastingTensors<Tensor> {
  const kept = new Map<HostTensor, { readonly buffer: GPUBuffer; readonly tensor: Tensor }>();
  const letGo = (value: HostTensor) => {
    kept.get(value)?.buffer.destroy();
    kept.delete(value);
  };
  return {
    get: (value) => {
      const entry = kept.get(value) ?? upload(device, value, wrap);
      // The last used comes last.
      kept.delete(value);
      kept.set(value, entry);
      const [oldest] = kept.keys();
      if (kept.size > mostKept) letGo(oldest!);
      return entry.tensor;
    },
    release: () => [...kept.keys()].forEach(letGo),
  };
}

function upload<Tensor>(
  device: GPUDevice,
  value: HostTensor,
  wrap: (buffer: GPUBuffer, value: HostTensor) => Tensor,
) {
  const { data } = value;
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  const buffer = device.createBuffer({
    size: Math.ceil(bytes.length / 16) * 16,
    usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST,
    mappedAtCreation: true,
  });
  new Uint8Array(buffer.getMappedRange()).set(bytes);
  buffer.unmap();
  return { buffer, tensor: wrap(buffer, value) };
}
