import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { createGenerator } from '../../domain/diffusion/noise.ts';
import { isAbort } from '../../domain/errors.ts';
import { toFloat16 } from '../../domain/diffusion/float16.ts';
import type { Planes } from '../../domain/diffusion/image/tiles.ts';
import { float, graph, int, ints, model, node, tensor, valueInfo } from '../../domain/onnx/build.ts';
import { writeModel } from '../../domain/onnx/file.ts';
import { elementTypes } from '../../domain/onnx/model.ts';
import { abortError } from '../../engine/rpc.ts';
import { wasm } from '../../testing/engine-rig.ts';
import { goldenPath } from '../../testing/golden.ts';
import type { Graph, Runtime } from '../runtime/runtime.ts';
import { runInStages } from './staged-run.ts';

let runtime: Runtime;
beforeAll(async () => void (runtime = await wasm()));

const builtIn = join(import.meta.dirname, '../../../public/models/built-in');
const graphOf = (path: string) => ({ model: new Uint8Array(readFileSync(path)), externalData: [] });

/** Conv, GroupNorm, Conv in float16, with a mean that is many times the deviation. */
const halfGraph = (() => {
  const halves = (name: string, dims: readonly number[], value: (i: number) => number) => {
    const length = dims.reduce((product, size) => product * size, 1);
    return tensor(name, dims, toFloat16(Float32Array.from({ length }, (_, i) => value(i))));
  };
  const pads = { pads: ints([1, 1, 1, 1]) };
  return model(
    graph({
      nodes: [
        node('Cast', ['latent'], ['x'], { to: int(elementTypes.float16) }),
        node('Conv', ['x', 'w1', 'b1'], ['h'], pads),
        node('Reshape', ['h', 'grouped'], ['g']),
        node('InstanceNormalization', ['g', 'ones', 'zeros'], ['n'], { epsilon: float(1e-6) }),
        node('Shape', ['h'], ['shape']),
        node('Reshape', ['n', 'shape'], ['y']),
        node('Conv', ['y', 'w2', 'b2'], ['z'], pads),
        node('Cast', ['z'], ['sample'], { to: int(elementTypes.float) }),
      ],
      initializers: [
        halves('w1', [4, 2, 3, 3], (i) => Math.sin(i) / 4),
        halves('b1', [4], () => 30),
        halves('w2', [3, 4, 3, 3], (i) => Math.cos(i) / 8),
        halves('b2', [3], () => 0),
        halves('ones', [2], () => 1),
        halves('zeros', [2], () => 0),
        tensor('grouped', [3], BigInt64Array.of(0n, 2n, -1n)),
      ],
      inputs: [valueInfo('latent', 'float', ['batch', 2, 'height', 'width'])],
      outputs: [valueInfo('sample', 'float', ['batch', 3, 'height', 'width'])],
    }),
  );
})();

const kinds: Readonly<Record<string, (channel: number, row: number, column: number) => number>> = {
  flat: (channel) => channel - 1.5,
  gradient: (channel, row, column) => (column - row) * (channel % 2 ? 0.1 : -0.1),
};

function latentsOf(kind: string, channels: number, height: number, width: number, deviation: number): Planes {
  const noise = createGenerator(1).randn(channels * height * width);
  const at = kinds[kind];
  const data = noise.map((value, i) => {
    const place = at?.(Math.floor(i / (height * width)), Math.floor(i / width) % height, i % width);
    return (place ?? value) * deviation;
  });
  return { data, channels, height, width };
}

/** dB, of pictures in −1 … 1. */
function psnr(actual: Planes['data'], expected: Planes['data']): number {
  let error = 0;
  for (let i = 0; i < actual.length; i++) error += (actual[i]! - expected[i]!) ** 2 / actual.length;
  return 10 * Math.log10(4 / error);
}

const never = new AbortController().signal;

interface Case {
  readonly graph: Graph;
  readonly input: Planes;
  readonly largestBytes: number;
}

/** Whole, in tiles, and how many. */
async function both({ graph, input, largestBytes }: Case) {
  let runs = 0;
  const decode = (bytes: number) => {
    const onTile = (done: number, total: number) => {
      runs = total;
      expect(done).toBeLessThanOrEqual(total);
    };
    return runInStages({ runtime, graph, input, largestBytes: bytes, signal: never, onTile });
  };
  const whole = await decode(Infinity);
  expect(runs).toBe(1);
  const tiled = await decode(largestBytes);
  return { whole, tiled, runs };
}

describe.each(['flat', 'gradient', 'textured'])('%s latents in tiles are as they are whole', (kind) => {
  it('with norms and attention: the miniature', async () => {
    const input = latentsOf(kind, 4, 32, 40, 1 / 0.18215);
    const graph = graphOf(goldenPath('mini-onnx/vae_decoder/model.onnx'));
    const { whole, tiled, runs } = await both({ graph, input, largestBytes: 150_000 });
    expect(runs).toBeGreaterThan(100);
    expect(psnr(tiled.data, whole.data)).toBeGreaterThan(60);
  });

  it('with convolutions only: the built-in model', async () => {
    const input = latentsOf(kind, 12, 8, 60, 1);
    const graph = graphOf(join(builtIn, 'vae_decoder/model.onnx'));
    const { whole, tiled, runs } = await both({ graph, input, largestBytes: 500_000 });
    expect(runs).toBe(2);
    expect(psnr(tiled.data, whole.data)).toBeGreaterThan(90);
  });
});

it('pictures are encoded in tiles as they are whole', async () => {
  const input = latentsOf('textured', 3, 128, 192, 0.5);
  const graph = graphOf(goldenPath('mini-onnx/vae_encoder/model.onnx'));
  const { whole, tiled, runs } = await both({ graph, input, largestBytes: 100_000 });
  expect(runs).toBeGreaterThan(10);
  expect(psnr(tiled.data, whole.data)).toBeGreaterThan(60);
});

it('what pixels go through unseen is computed whole: the built-in model folds pixels into channels', async () => {
  const input = latentsOf('textured', 3, 64, 96, 0.5);
  const graph = graphOf(join(builtIn, 'vae_encoder/model.onnx'));
  const { whole, tiled, runs } = await both({ graph, input, largestBytes: 100_000 });
  expect(runs).toBe(1);
  expect(whole.data.some((value) => Math.abs(value) > 0.01)).toBe(true);
  expect(tiled).toEqual(whole);
});

it('a float16 graph keeps its digits far from zero', async () => {
  const input = latentsOf('textured', 2, 24, 24, 1);
  const { whole, tiled, runs } = await both({
    graph: { model: writeModel(halfGraph), externalData: [] },
    input,
    largestBytes: 2000,
  });
  expect(runs).toBeGreaterThan(4);
  expect(psnr(tiled.data, whole.data)).toBeGreaterThan(50);
});

describe('work in tiles', () => {
  const graph = () => graphOf(goldenPath('mini-onnx/vae_decoder/model.onnx'));
  const input = latentsOf('textured', 4, 32, 32, 1);

  it('ends before the next tile when it is cancelled, and leaves no session behind', async () => {
    const controller = new AbortController();
    const before = runtime.liveSessions;
    let last = 0;
    const onTile = (done: number) => {
      last = done;
      if (done === 5) controller.abort(abortError());
    };
    const run = { runtime, graph: graph(), input, largestBytes: 100_000, signal: controller.signal, onTile };
    await expect(runInStages(run)).rejects.toSatisfy(isAbort);
    expect(last).toBe(5);
    expect(runtime.liveSessions).toBe(before);
  });

  it('never has a picture of more values in the runtime than it may', async () => {
    const largestBytes = 150_000;
    const sizes: number[] = [];
    const watched: Runtime = {
      ...runtime,
      createSession: async (part) => {
        const session = await runtime.createSession(part);
        const run: typeof session.run = async (feeds, fetch) => {
          const output = await session.run(feeds, fetch);
          for (const { dims } of [...Object.values(feeds), output])
            sizes.push(dims.reduce((product, length) => product * length, 4));
          return output;
        };
        return { ...session, run };
      },
    };
    const run = { runtime: watched, graph: graph(), input, largestBytes, signal: never };
    await runInStages({ ...run, onTile: () => undefined });
    expect(Math.max(...sizes)).toBeLessThanOrEqual(largestBytes);
  });
});
