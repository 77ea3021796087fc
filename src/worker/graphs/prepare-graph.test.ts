import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { graph, model, node, tensor, valueInfo } from '../../domain/onnx/build.ts';
import { readModel, writeModel } from '../../domain/onnx/file.ts';
import { maxDifference } from '../../testing/closeness.ts';
import { miniatureFiles, wasm } from '../../testing/engine-rig.ts';
import { halfGraph } from '../../testing/half-graph.ts';
import type { Graph, HostTensor, Runtime, Session } from '../runtime/runtime.ts';
import { numberTensor, toFloat32 } from '../runtime/tensor-types.ts';
import { lazyFloat32File } from './lazy-float32.ts';
import { preparedGraph } from './prepare-graph.ts';
import { encodeIds } from './text-encoder.ts';
import { predict } from './unet.ts';

const shape = { batch: 2, height: 8, width: 16, tokens: 77 };
const onWasm = { backend: 'wasm', float16: false } as const;
const singlePrecision = { backend: 'webgpu', float16: false } as const;
const halfPrecision = { backend: 'webgpu', float16: true } as const;

let runtime: Runtime;
let unet: Graph;
let half: Graph;

beforeAll(async () => {
  runtime = await wasm();
  unet = { model: await miniatureFiles().readBytes('unet/model.onnx'), externalData: [] };
  half = { model: halfGraph(unet.model), externalData: [] };
});

afterAll(() => expect(runtime.liveSessions).toBe(0));

/** What the runtime makes of a graph, which is let go afterwards. */
async function withSession<T>(graph: Graph, work: (session: Session) => Promise<T>): Promise<T> {
  const session = await runtime.createSession(graph);
  try {
    return await work(session);
  } finally {
    await session.release();
  }
}

const waves = (length: number) => Float32Array.from({ length }, (_, i) => Math.sin(i));
const prompt = (offset: number) => ({
  data: waves(77 * 32).map((value) => value + offset),
  tokens: 77,
  width: 32,
});

const predictionOf = (session: Session, timestep = 500) =>
  predict(session, {
    sample: waves(4 * 8 * 16),
    dims: [4, 8, 16],
    timestep,
    prompts: [prompt(0), prompt(1)],
    guidanceEmbedding: null,
  });

describe('a graph for the work at hand', () => {
  it('has no free dimension, and predicts what it predicted', async () => {
    const fixed = await withSession(preparedGraph(unet, shape, onWasm), async (session) => {
      expect(session.inputs.map(({ shape }) => shape)).toEqual([[2, 4, 8, 16], [], [2, 77, 32]]);
      return predictionOf(session);
    });
    const free = await withSession(unet, predictionOf);
    fixed.forEach((values, i) => expect(maxDifference(values, free[i]!)).toBeLessThan(1e-4));
  });

  it('takes a timestep between whole ones, and computes with it', async () => {
    const [whole, between] = await withSession(preparedGraph(unet, shape, onWasm), async (session) => {
      expect(session.inputs[1]!.type).toBe('float32');
      return [await predictionOf(session, 500), await predictionOf(session, 500.5)];
    });
    expect(maxDifference(whole[0]!, between[0]!)).toBeGreaterThan(0);
  });

  it('keeps its weights in its file, and changes none of its bytes', () => {
    const before = unet.model.slice();
    const prepared = preparedGraph(unet, shape, onWasm);
    expect(prepared.externalData).toHaveLength(1);
    // The very same: to compare three million bytes one by one takes Vitest half a minute.
    expect(prepared.externalData[0]!.data).toBe(unet.model);
    expect(prepared.model.length).toBeLessThan(unet.model.length / 2);
    expect(Buffer.compare(unet.model, before)).toBe(0);
  });

  it('says whether the file leaves a choice', () => {
    const prepared = preparedGraph(unet, shape, onWasm);
    expect(prepared.hasOneShape).toBe(false);
    const again = { model: prepared.model, externalData: prepared.externalData };
    expect(preparedGraph(again, { ...shape, height: 32 }, onWasm).hasOneShape).toBe(true);
  });

  it('that is none is told as corrupt', () => {
    const page = { model: new TextEncoder().encode('<!doctype html>'), externalData: [] };
    expect(() => preparedGraph(page, shape, onWasm)).toThrow(/not an ONNX graph/);
  });
});

describe('a float16 graph', () => {
  it('stays so where the GPU computes in half precision, and on WASM', () => {
    const wanted = [preparedGraph(half, shape, halfPrecision), preparedGraph(half, shape, onWasm)];
    expect(wanted.map(({ float16 }) => float16)).toEqual([true, false]);
    for (const { model } of wanted)
      expect(readModel(model).graph.inputs[0]!.type!.tensor!.elementType).toBe(10);
  });

  it('is float32 for a GPU that lacks it, and predicts the same', async () => {
    const wide = preparedGraph(half, shape, singlePrecision);
    expect(wide.float16).toBe(false);
    const types: string[] = [];
    const predicted = await withSession(wide, (session) => {
      types.push(...session.inputs.map(({ type }) => type));
      return predictionOf(session);
    });
    expect(new Set(types)).toEqual(new Set(['float32']));
    const onCpu = await withSession(preparedGraph(half, shape, onWasm), predictionOf);
    const exact = await withSession(unet, predictionOf);
    const most = Math.max(...exact[0]!.map(Math.abs));
    predicted.forEach((values, i) => {
      expect(maxDifference(values, onCpu[i]!) / most).toBeLessThan(0.01);
      expect(maxDifference(values, exact[i]!) / most).toBeLessThan(0.01);
    });
  });

  it('is widened tensor by tensor: never more than one of them in memory', () => {
    const names = Array.from({ length: 16 }, (_, i) => `w${i}`);
    const weights = names.map((name) => tensor(name, [2 ** 15], new Uint16Array(2 ** 15)));
    const many = graph({ nodes: [], inputs: [], outputs: [], initializers: weights });
    const file = writeModel(model(many));
    const wide = preparedGraph({ model: file, externalData: [] }, shape, singlePrecision);
    const lazy = wide.externalData.at(-1)!.data;
    const sizes = names.map((_, i) => lazy.subarray(i * 2 ** 17, (i + 1) * 2 ** 17).buffer.byteLength);
    expect([lazy.buffer.byteLength, lazy.byteLength]).toEqual([0, 2 ** 21]);
    expect(new Set(sizes)).toEqual(new Set([2 ** 17]));
    // The file, and beside it the new graph and one tensor.
    expect(file.length + wide.model.length + 2 ** 17).toBeLessThan(1.3 * file.length);
  });

  it('whose runtime asks for anything else than a whole tensor is told so', () => {
    const lazy = lazyFloat32File([{ offset: 0, halves: new Uint8Array(4) }], 8);
    expect(() => lazy.subarray(4, 8)).toThrow(/No weights lie from 4 to 8/);
  });
});

describe('what an optimised export holds', () => {
  const gated = writeModel(
    model(
      graph({
        nodes: [node('BiasSplitGelu', ['x', 'b'], ['y'], {}, 'com.microsoft')],
        inputs: [valueInfo('x', 'float', [1, 1, 4])],
        outputs: [valueInfo('y', 'float', [1, 1, 2])],
        initializers: [tensor('b', [4], new Float32Array(4))],
      }),
      { '': 17, 'com.microsoft': 1 },
    ),
  );

  it.each([halfPrecision, singlePrecision])(
    'is not given to a GPU whose shader for it does not compile (%o)',
    (target) => {
      const { model: bytes } = preparedGraph({ model: gated, externalData: [] }, shape, target);
      const operators = readModel(bytes).graph.nodes.map(({ opType }) => opType);
      expect(operators).not.toContain('BiasSplitGelu');
    },
  );
});

describe('every part of the miniature', () => {
  const inputs: Readonly<Record<string, HostTensor>> = {
    text_encoder: { type: 'int64', dims: [1, 77], data: new BigInt64Array(77).fill(5n) },
    vae_decoder: { type: 'float32', dims: [1, 4, 8, 8], data: waves(256) },
    vae_encoder: { type: 'float32', dims: [1, 3, 64, 64], data: waves(3 * 64 * 64) },
  };

  it.each(Object.keys(inputs))('%s gives in single precision what it gave', async (name) => {
    const model = await miniatureFiles().readBytes(`${name}/model.onnx`);
    const { dims } = inputs[name]!;
    const size = { batch: 1, height: dims[2] ?? 1, width: dims[3] ?? 1, tokens: 77 };
    const fed = ({ inputs: [input] }: Session) =>
      name === 'text_encoder' ? numberTensor(input!, new Array<number>(77).fill(5), [1, 77]) : inputs[name]!;
    const run = (session: Session) =>
      session.run({ [session.inputs[0]!.name]: fed(session) }, session.outputs[0]!.name).then(toFloat32);
    const plain = await withSession({ model, externalData: [] }, run);
    const wide = preparedGraph({ model: halfGraph(model), externalData: [] }, size, singlePrecision);
    const values = await withSession(wide, run);
    const most = plain.reduce((top, value) => Math.max(top, Math.abs(value)), 0);
    expect(maxDifference(values, plain) / most).toBeLessThan(0.02);
  });
});

describe('a text encoder for the GPU', () => {
  it('takes 32-bit ids, gives only its hidden states, and these as they were', async () => {
    const filed = { model: await miniatureFiles().readBytes('text_encoder/model.onnx'), externalData: [] };
    const ids = [0, ...Array.from({ length: 76 }, (_, i) => (i * 7) % 90)];
    const oneText = { ...shape, batch: 1 };
    const plain = await withSession(filed, (session) => encodeIds(session, ids));
    const prepared = preparedGraph(filed, oneText, halfPrecision);
    const states = await withSession(prepared, async (session) => {
      expect(session.inputs[0]!.type).toBe('int32');
      expect(session.outputs.map(({ name }) => name)).toEqual(['last_hidden_state']);
      return encodeIds(session, ids);
    });
    expect(maxDifference(states.data, plain.data)).toBeLessThan(1e-5);
  });
});
