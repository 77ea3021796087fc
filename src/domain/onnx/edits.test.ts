import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fromFloat16, toFloat16 } from '../diffusion/float16.ts';
import * as build from './build.ts';
import { withWeightsAt } from './externalize.ts';
import { readModel, writeModel } from './file.ts';
import { hasFixedShapes, withFixedShapes } from './fix-shapes.ts';
import { withFloatTimestep } from './float-timestep.ts';
import { attributeTypes, elementTypes, type OnnxModel } from './model.ts';
import { withPlainGelu } from './plain-gelu.ts';
import { hasFloat16, toFloat32, widened } from './to-float32.ts';

const { externalTensor, graph, int, model, node, tensor, valueInfo } = build;
const golden = join(import.meta.dirname, '../../../e2e/golden/mini-onnx');
const bytesOf = (name: string) => new Uint8Array(readFileSync(join(golden, name, 'model.onnx')));

const shapesOf = ({ graph }: OnnxModel) =>
  Object.fromEntries(
    (graph?.inputs ?? []).map(({ name = '', type }) => [
      name,
      type?.tensor?.shape?.dims.map(({ size, name: free }) => size ?? free ?? null),
    ]),
  );

describe('free dimensions', () => {
  const sizes = { batch: 2, height: 8, width: 16, tokens: 77 };
  const unetWith = (
    sample: (string | number | null)[],
    timestep: (string | number | null)[],
    hidden: (string | number | null)[],
  ) =>
    model(
      graph({
        nodes: [node('Cast', ['sample'], ['s'], { to: int(1) }), node('Conv', ['s', 'w'], ['out_sample'])],
        initializers: [tensor('w', [8, 4, 1, 1], new Float32Array(32))],
        inputs: [
          valueInfo('sample', 'float', sample),
          valueInfo('timestep', 'int64', timestep),
          valueInfo('encoder_hidden_states', 'float', hidden),
        ],
        outputs: [valueInfo('out_sample', 'float', ['a', 'b', 'c', 'd'])],
      }),
    );

  it.each([
    [
      'Optimum’s',
      ['batch_size', 'num_channels', 'height', 'width'],
      ['steps'],
      ['batch_size', 'sequence_length'],
    ],
    [
      'Olive’s',
      ['unet_sample_batch', 'unet_sample_channels', 'unet_sample_height', 'unet_sample_width'],
      ['unet_time_batch'],
      ['unet_hidden_batch', 'unet_hidden_sequence'],
    ],
    ['sums', ['2B', 4, 'H', 'W'], [1], ['2B', 77]],
    ['torch’s', ['s77', 4, 's6', 's27'], [], ['s77', 's41']],
    ['none at all', [null, null, null, null], [null], [null, null]],
  ])('named as %s get their sizes', (_whose, sample, timestep, hidden) => {
    const fixed = withFixedShapes(unetWith(sample, timestep, [...hidden, 768]), sizes);
    expect(shapesOf(fixed)).toEqual({
      sample: [2, 4, 8, 16],
      timestep: timestep.map((name) => (name === 'unet_time_batch' ? 2 : 1)),
      encoder_hidden_states: [2, 77, 768],
    });
    expect(hasFixedShapes(fixed)).toBe(true);
  });

  it('of a timestep that is one for each of the batch have its size', () => {
    const { timestep } = shapesOf(
      withFixedShapes(unetWith(['B', 4, 'H', 'W'], ['B'], ['B', 'S', 768]), sizes),
    );
    expect(timestep).toEqual([2]);
  });

  it('that the exporter fixed stay as they are, and the graph itself where nothing is free', () => {
    const fixed = unetWith([1, 4, 64, 64], [1], [1, 77, 768]);
    expect(withFixedShapes(fixed, sizes)).toBe(fixed);
    const noScalar = unetWith([1, 4, 'h', 64], [], [1, 77, 768]);
    expect(shapesOf(withFixedShapes(noScalar, sizes))).toMatchObject({ sample: [1, 4, 8, 64], timestep: [] });
  });

  it.each(['unet', 'text_encoder', 'vae_decoder', 'vae_encoder'])(
    'of the miniature’s %s are all known',
    (name) => {
      const free = readModel(bytesOf(name));
      expect([hasFixedShapes(free), hasFixedShapes(withFixedShapes(free, sizes))]).toEqual([false, true]);
    },
  );
});

describe('a whole timestep', () => {
  it('becomes a float, and so do the casts on its way to the first computation', () => {
    const changed = withFloatTimestep(readModel(bytesOf('unet')));
    const { graph: read } = readModel(writeModel(changed));
    const timestep = read.inputs.find(({ name }) => name === 'timestep');
    expect(timestep?.type?.tensor?.elementType).toBe(elementTypes.float);
  });

  it('is left alone in a graph that has none, or a float', () => {
    const decoder = readModel(bytesOf('vae_decoder'));
    expect(withFloatTimestep(decoder)).toBe(decoder);
    const unet = withFloatTimestep(readModel(bytesOf('unet')));
    expect(withFloatTimestep(unet)).toBe(unet);
  });
});

describe('weights beside the graph', () => {
  it('lie where they lay, byte for byte', () => {
    const file = bytesOf('unet');
    const before = readModel(file);
    const moved = readModel(writeModel(withWeightsAt(before, file, 'w')));
    const places = moved.graph.initializers.filter(({ dataLocation }) => dataLocation === 1);
    expect(places.length).toBeGreaterThan(20);
    for (const { name, externalData } of places) {
      const [location, offset, length] = externalData.map(({ value }) => value);
      const { raw } = before.graph.initializers.find((it) => it.name === name)!;
      const there = file.subarray(Number(offset), Number(offset) + Number(length));
      expect([location, Buffer.compare(there, raw!)]).toEqual(['w', 0]);
    }
    expect(writeModel(moved).length).toBeLessThan(file.length / 2);
  });
});

describe('BiasSplitGelu', () => {
  const gated = (opset: number) =>
    model(
      graph({
        nodes: [node('BiasSplitGelu', ['x', 'b'], ['y'], {}, 'com.microsoft')],
        inputs: [valueInfo('x', 'float', [1, 1, 4])],
        outputs: [valueInfo('y', 'float', [1, 1, 2])],
        initializers: [tensor('b', [4], new Float32Array(4))],
      }),
      { '': opset, 'com.microsoft': 1 },
    );

  it.each([17, 18])('is written out for opset %i', (opset) => {
    const { nodes } = readModel(writeModel(withPlainGelu(gated(opset)))).graph;
    expect(nodes.map(({ opType }) => opType)).toEqual(['Add', 'Split', 'Gelu', 'Mul']);
    expect(nodes[1]!.attributes.map(({ name }) => name)).toEqual(
      opset >= 18 ? ['axis', 'num_outputs'] : ['axis'],
    );
    expect(nodes.at(-1)!.outputs).toEqual(['y']);
  });

  it('is not there in most graphs, which stay as they are', () => {
    const unet = readModel(bytesOf('unet'));
    expect(withPlainGelu(unet).graph).toBe(unet.graph);
  });
});

describe('a float16 graph in float32', () => {
  const halves = (values: readonly number[]) => toFloat16(Float32Array.from(values));
  const many = Array.from({ length: 1000 }, (_, i) => i / 8 - 60);
  const outside = new Uint8Array(halves(many).buffer);
  const branch = graph({
    nodes: [node('Constant', [], ['c'], { value: build.tensorValue(tensor('c', [1], halves([0.5]))) })],
    inputs: [],
    outputs: [valueInfo('c', 'float16', [1])],
  });
  const built = model(
    graph({
      nodes: [
        node('Cast', ['x'], ['h'], { to: int(elementTypes.float16) }),
        node('If', ['cond'], ['i'], {
          then_branch: build.graphValue(branch),
          else_branch: build.graphValue(branch),
        }),
        node('RandomNormalLike', ['h'], ['r'], { dtype: int(elementTypes.float16) }),
        node('Clip', ['h', 'low'], ['y'], { to_keep: int(elementTypes.float16) }),
      ],
      inputs: [valueInfo('x', 'float16', [1000]), valueInfo('cond', 'bool', [])],
      outputs: [valueInfo('y', 'float16', [1000])],
      values: [valueInfo('h', 'float16', [1000])],
      initializers: [
        tensor('low', [1], halves([-65504])),
        {
          ...tensor('bits', [2], new Uint8Array()),
          elementType: elementTypes.float16,
          raw: undefined,
          int32s: [0x3c00, 0xc000],
        },
        tensor('inside', [1000], halves(many)),
        externalTensor('outside', [1000], 'float16', { location: './w', offset: 0, length: 2000 }),
        tensor('ids', [1], BigInt64Array.of(10n)),
      ],
    }),
  );
  const file = (name: string) => (name === 'w' ? outside : undefined);
  const read = readModel(writeModel(built));
  const { model: changed, weights, weightBytes } = toFloat32(read, 'float32', file);
  const float = readModel(writeModel(changed)).graph;
  const floatsOf = (name: string) => {
    const { raw } = float.initializers.find((it) => it.name === name)!;
    return [...new Float32Array(raw!.slice().buffer)];
  };

  it('has no float16 left anywhere', () => {
    expect([hasFloat16(read), hasFloat16(changed)]).toEqual([true, false]);
    const type = float.nodes[0]!.attributes[0]!.int;
    const branches = float.nodes[1]!.attributes.map((attribute) => attribute.graph!);
    expect([type, float.nodes[2]!.attributes[0]!.int]).toEqual([elementTypes.float, elementTypes.float]);
    expect(branches.map(({ outputs }) => outputs[0]!.type!.tensor!.elementType)).toEqual([1, 1]);
    expect(branches[0]!.nodes[0]!.attributes[0]!.tensor).toMatchObject({ elementType: 1 });
  });

  it('keeps whatever only looks like a type', () => {
    expect(float.nodes[3]!.attributes[0]).toMatchObject({ type: attributeTypes.int, int: 10 });
    expect(float.initializers.find(({ name }) => name === 'ids')!.elementType).toBe(elementTypes.int64);
  });

  it('has the same numbers, small ones inside', () => {
    expect(floatsOf('low')).toEqual([-65504]);
    expect(floatsOf('bits')).toEqual([1, -2]);
  });

  it('says where its weights will be, and converts none of them', () => {
    expect(weights.map(({ offset, halves: { length } }) => [offset, length])).toEqual([
      [0, 2000],
      [4000, 2000],
    ]);
    expect(weightBytes).toBe(8000);
    expect(weights[1]!.halves.buffer).toBe(outside.buffer);
    const floats = widened(weights[1]!.halves);
    expect(new Float32Array(floats.buffer)).toEqual(Float32Array.from(many));
    const { externalData } = float.initializers.find(({ name }) => name === 'outside')!;
    expect(externalData.map(({ value }) => value)).toEqual(['float32', '4000', '4000']);
  });

  it('converts bytes that lie on an odd place', () => {
    const shifted = new Uint8Array(5);
    shifted.set(new Uint8Array(halves([1.5, -2]).buffer), 1);
    expect([...new Float32Array(widened(shifted.subarray(1)).buffer)]).toEqual([1.5, -2]);
    expect(fromFloat16(halves([1.5]))[0]).toBe(1.5);
  });

  it('whose weights are not there is refused', () => {
    expect(() => toFloat32(read, 'float32', () => undefined)).toThrow(/weights outside are not there/);
  });
});
