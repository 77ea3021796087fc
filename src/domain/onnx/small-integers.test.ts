import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { goldenPath } from '../../testing/golden.ts';
import { graph, int, node, tensor, valueInfo } from './build.ts';
import { readModel } from './file.ts';
import { elementTypes } from './model.ts';
import { pruned } from './prune.ts';
import { withSmallIntegers } from './small-integers.ts';

const builtIn = join(import.meta.dirname, '../../../public/models/built-in/text_encoder/model.onnx');
const miniature = goldenPath('mini-onnx/text_encoder/model.onnx');
const read = (path: string) => readModel(new Uint8Array(readFileSync(path))).graph;
const inputType = ({ inputs }: ReturnType<typeof read>) => inputs[0]!.type!.tensor!.elementType;

describe.each([
  ['the built-in model', builtIn],
  ['the miniature', miniature],
])('the text encoder of %s', (_name, path) => {
  it('takes 32-bit ids, without what only its pooled output needs', () => {
    const whole = read(path);
    const edited = withSmallIntegers(pruned(whole, ['last_hidden_state']));
    expect(edited.outputs.map(({ name }) => name)).toEqual(['last_hidden_state']);
    expect(edited.nodes.length).toBeLessThanOrEqual(whole.nodes.length);
    expect(inputType(edited)).toBe(elementTypes.int32);
  });
});

const comparison = (operator: string) =>
  graph({
    nodes: [
      node('Cast', ['ids'], ['wide'], { to: int(elementTypes.int64) }),
      node(operator, ['wide', 'end'], ['is end']),
      node('Cast', ['is end'], ['y'], { to: int(elementTypes.float) }),
    ],
    initializers: [tensor('end', [1], BigInt64Array.of(49407n))],
    inputs: [valueInfo('ids', 'int64', [1, 'n'])],
    outputs: [valueInfo('y', 'float', [1, 'n'])],
  });

it('what ids are compared with is 32 bits wide too', () => {
  const { nodes, initializers } = withSmallIntegers(comparison('Equal'));
  expect(nodes[0]!.attributes[0]).toMatchObject({ int: elementTypes.int32 });
  expect(nodes[1]!.inputs).toEqual(['wide', 'end/int32']);
  const small = initializers.find(({ name }) => name === 'end/int32')!;
  expect([small.elementType, new Int32Array(small.raw!.slice().buffer)]).toEqual([
    elementTypes.int32,
    Int32Array.of(49407),
  ]);
});

it('a graph that does more with its ids is left as it is', () => {
  const other = comparison('Mod');
  expect(withSmallIntegers(other)).toBe(other);
});
