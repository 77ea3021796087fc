import { describe, expect, it } from 'vitest';
import * as build from './build.ts';
import { readModel, writeModel } from './file.ts';
import { attributeTypes, elementTypes } from './model.ts';
import { externalDataNames } from './tensors.ts';
import { fromUtf8 } from './utf8.ts';

const { externalTensor, float, graph, int, ints, model, node, tensor, text, valueInfo } = build;

/** Without what remembers the bytes. */
const plain = (model: object): unknown => JSON.parse(JSON.stringify(model));

describe('a graph from scratch', () => {
  const halves = Uint16Array.of(0x3c00, 0xc000);
  const built = model(
    graph({
      nodes: [
        node('Gemm', ['x', 'w', ''], ['h'], { alpha: float(0.5), transB: int(1) }),
        node('BiasGelu', ['h', 'b'], ['y'], { mode: text('exact'), axes: ints([0, -1]) }, 'com.microsoft'),
      ],
      initializers: [
        externalTensor('w', [2, 2], 'float16', { location: 'model.onnx_data', offset: 64, length: 8 }),
        tensor('b', [2], halves),
      ],
      inputs: [valueInfo('x', 'float16', ['batch', 2, null])],
      outputs: [valueInfo('y', 'float16', [])],
    }),
    { '': 18, 'com.microsoft': 1 },
  );
  const read = readModel(writeModel(built));

  it('is read as it was built', () => expect(plain(read)).toEqual(plain(built)));

  it('names the attributes of its nodes, and their types', () => {
    const [alpha, transB] = read.graph.nodes[0]!.attributes;
    expect(alpha).toMatchObject({ name: 'alpha', type: attributeTypes.float, float: 0.5 });
    expect(transB).toMatchObject({ name: 'transB', type: attributeTypes.int, int: 1 });
    expect(fromUtf8(read.graph.nodes[1]!.attributes[0]!.text!)).toBe('exact');
  });

  it('says where weights beside it lie', () => {
    const [weights, bias] = read.graph.initializers;
    expect(weights).toMatchObject({
      elementType: elementTypes.float16,
      dataLocation: 1,
      externalData: [
        { key: 'location', value: 'model.onnx_data' },
        { key: 'offset', value: '64' },
        { key: 'length', value: '8' },
      ],
    });
    expect([...bias!.raw!]).toEqual([0, 0x3c, 0, 0xc0]);
    expect(externalDataNames(read)).toEqual(['model.onnx_data']);
  });
});

describe('the names of files beside a graph', () => {
  const at = (location: string) => externalTensor(location, [1], 'float', { location, offset: 0, length: 4 });

  it('come from initializers, constants and the branches of conditions, each once', () => {
    const branch = graph({ nodes: [], inputs: [], outputs: [], initializers: [at('weights/ünet.pb')] });
    const outer = graph({
      nodes: [
        node('Constant', [], ['c'], { value: build.tensorValue(at('model.onnx_data')) }),
        node('If', ['c'], ['y'], { then_branch: build.graphValue(branch) }),
      ],
      initializers: [at('./model.onnx_data')],
      inputs: [],
      outputs: [],
    });
    expect(externalDataNames(readModel(writeModel(model(outer))))).toEqual([
      'model.onnx_data',
      'weights/ünet.pb',
    ]);
  });
});
