/** The checkpoint of one file that `e2e/golden/tools/checkpoint_pictures.py` makes up: too large to keep, quick to make again. */
import { toFloat16 } from '../domain/diffusion/float16.ts';
import { goldenJson } from './golden.ts';
import { safetensors } from './safetensors.ts';
import { dictOf, pickle, string, tensor, torchZip } from './torch-file.ts';

type Shapes = readonly (readonly [name: string, shape: readonly number[]])[];

const shapes = () => goldenJson<{ readonly tensors: Shapes }>('checkpoint-pictures.json').tensors;

interface MadeTensor {
  readonly name: string;
  readonly shape: readonly number[];
  /** Float16. */
  readonly bytes: Uint8Array;
}

const made = (): readonly MadeTensor[] =>
  shapes().map(([name, shape], place) => ({ name, shape, bytes: madeUp(place, name, shape) }));

/** As people have it from CivitAI. */
export function madeSafetensors(): Buffer {
  const entries = made().map(({ name, shape, bytes }) => [name, { dtype: 'F16', shape, bytes }] as const);
  return Buffer.from(safetensors(Object.fromEntries(entries)));
}

/** The same as PyTorch pickles it. */
export function madeCkpt(): Buffer {
  const tensors = made();
  const weights = tensors.map(({ name, shape }, i): readonly [Uint8Array, Uint8Array] => [
    string(name),
    tensor({
      key: String(i),
      storage: 'HalfStorage',
      shape,
      strides: stridesOf(shape),
      count: sizeOf(shape),
    }),
  ]);
  const data = dictOf([[string('state_dict'), dictOf(weights)]]);
  return Buffer.from(torchZip(pickle(data), Object.fromEntries(tensors.map(({ bytes }, i) => [i, bytes]))));
}

const sizeOf = (shape: readonly number[]) => shape.reduce((product, side) => product * side, 1);

const stridesOf = (shape: readonly number[]) => shape.map((_, axis) => sizeOf(shape.slice(axis + 1)));

/** 64 steps in −1 … 1, times a power of two by how much is added up; see the program. */
function madeUp(place: number, name: string, shape: readonly number[]): Uint8Array {
  const start = Math.imul(place, 0x9e3779b1);
  const scale = scaleOf(name, shape);
  const isNorm = shape.length === 1 && !name.endsWith('bias');
  const values = Float32Array.from({ length: sizeOf(shape) }, (_, i) => {
    const value = (mixed(start + i) >>> 26) / 32 - 1;
    return isNorm ? 1 + value / 8 : value * scale;
  });
  return new Uint8Array(toFloat16(values).buffer);
}

function scaleOf(name: string, shape: readonly number[]): number {
  if (/(?:token|position)_embedding\.weight$/.test(name)) return 2 ** -4;
  if (name.endsWith('bias')) return 2 ** -5;
  return 2 ** roundHalfToEven(Math.log2(3 / sizeOf(shape.slice(1))) / 2);
}

/** As Python rounds. */
function roundHalfToEven(value: number): number {
  const down = Math.floor(value);
  if (value - down !== 0.5) return Math.round(value);
  return down % 2 === 0 ? down : down + 1;
}

function mixed(seed: number): number {
  let x = seed >>> 0;
  x ^= x >>> 15;
  x = Math.imul(x, 0x2c1b3c6d);
  x ^= x >>> 12;
  x = Math.imul(x, 0x297a2d39);
  return (x ^ (x >>> 15)) >>> 0;
}
