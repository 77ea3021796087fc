/** The miniature with a UNet of nine input channels, as inpainting checkpoints have it: the reference values bring the weights that it has more. */
import { readFileSync } from 'node:fs';
import { fromFloat16 } from '../domain/diffusion/float16.ts';
import type { ModelFiles } from '../worker/weights/model-files.ts';
import { goldenPath, goldenTensors } from './golden.ts';
import { weightForms } from './mapped-files.ts';
import { floats, safetensors, type WrittenTensor } from './safetensors.ts';

const unetPath = 'unet/diffusion_pytorch_model.safetensors';
const configPath = 'unet/config.json';
const conv = 'conv_in.weight';

export function inpaintingFiles(): ModelFiles {
  const files = weightForms.safetensors();
  const unet = widened(new Uint8Array(readFileSync(goldenPath(`mini-checkpoint/${unetPath}`))));
  const list = files
    .list()
    .map((file) => (file.path === unetPath ? { ...file, sizeBytes: unet.length } : file));
  const config = async () =>
    JSON.stringify({ ...(JSON.parse(await files.readText(configPath)) as object), in_channels: 9 });
  return {
    ...files,
    list: () => list,
    readText: (path) => (path === configPath ? config() : files.readText(path)),
    readBytes: async (path, onBytes, signal) => {
      if (path === configPath) return new TextEncoder().encode(await config());
      if (path !== unetPath) return files.readBytes(path, onBytes, signal);
      onBytes?.(unet.length);
      return unet.slice();
    },
  };
}

/** [out, 4, 3, 3] and [out, 5, 3, 3] become [out, 9, 3, 3]. */
function widened(file: Uint8Array): Uint8Array<ArrayBuffer> {
  const tensors = tensorsOf(file);
  const old = tensors[conv]!;
  const [outputs = 0] = old.shape;
  const own = fromFloat16(new Uint16Array(old.bytes.slice().buffer));
  const extra = goldenTensors('inpaint.safetensors').get('conv_in_extra')!.data as Float32Array;
  const part = (values: Float32Array, out: number) => {
    const size = values.length / outputs;
    return [...values.subarray(out * size, (out + 1) * size)];
  };
  const values = Array.from({ length: outputs }, (_, out) => [...part(own, out), ...part(extra, out)]);
  const wide = floats([outputs, 9, 3, 3], values.flat());
  return new Uint8Array(safetensors({ ...tensors, [conv]: wide }));
}

function tensorsOf(file: Uint8Array): Record<string, WrittenTensor> {
  const length = Number(new DataView(file.buffer, file.byteOffset).getBigUint64(0, true));
  const header = JSON.parse(new TextDecoder().decode(file.subarray(8, 8 + length))) as Record<string, Entry>;
  const entries = Object.entries(header).filter(([name]) => name !== '__metadata__');
  return Object.fromEntries(
    entries.map(
      ([
        name,
        {
          dtype,
          shape,
          data_offsets: [from, to],
        },
      ]) => [name, { dtype, shape, bytes: file.slice(8 + length + from, 8 + length + to) }],
    ),
  );
}

interface Entry {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly data_offsets: readonly [number, number];
}
