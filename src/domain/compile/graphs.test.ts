/** Every network that is compiled, read by another reader and held against ONNX's specification: see also `e2e/golden/tools/check_graphs.py`. */
import { describe, expect, it } from 'vitest';
import { checkGraph } from '../../testing/check-graph.ts';
import { compiledNetworks, type CompiledNetwork } from '../../testing/compiled-networks.ts';
import { int } from '../onnx/build.ts';
import { writeModel } from '../onnx/file.ts';

const networks = await compiledNetworks();

describe('compiled graphs are ONNX as it is specified', () => {
  it.each(networks)('$name', ({ compiled, inputs, output }) => {
    const { graph, values } = checkGraph(writeModel(compiled.model));
    expect(graph.inputs.map(({ name }) => name).sort()).toEqual([...inputs].sort());
    expect(graph.outputs.map(({ name, type }) => [name, type])).toEqual([[output, 1]]);
    const floats = compiled.floatType === 'float32' ? 1 : 10;
    for (const { name } of compiled.weights) expect(values.get(name)?.type, name).toBe(floats);
  });
});

describe('what is wrong with a graph is found', () => {
  const [first] = networks as [CompiledNetwork];
  const { model } = first.compiled;
  const graph = model.graph!;
  const changed = (change: (at: number) => (typeof graph.nodes)[number]) => () =>
    checkGraph(writeModel({ ...model, graph: { ...graph, nodes: graph.nodes.map((_, at) => change(at)) } }));
  const conv = graph.nodes.findIndex(({ opType }) => opType === 'Conv');

  it.each([
    [
      'an operator without a kernel',
      (at: number) =>
        at === conv ? { ...graph.nodes[at]!, opType: 'GroupNormalization' } : graph.nodes[at]!,
    ],
    [
      'inputs in another order',
      (at: number) =>
        at === conv
          ? { ...graph.nodes[at]!, inputs: [...graph.nodes[at]!.inputs].reverse() }
          : graph.nodes[at]!,
    ],
    ['nodes in another order', (at: number) => graph.nodes[graph.nodes.length - 1 - at]!],
    [
      'a cast to another type',
      (at: number) =>
        graph.nodes[at]!.opType === 'Cast'
          ? { ...graph.nodes[at]!, attributes: [{ ...int(11), name: 'to' }] }
          : graph.nodes[at]!,
    ],
  ])('%s', (_what, change) => {
    expect(changed(change)).toThrow();
  });
});
