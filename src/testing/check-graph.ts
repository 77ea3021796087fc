/**
 * Whether a compiled graph is one that ONNX's specification allows: operators, their inputs, types and shapes, worked out again from the weights
 * and inputs on. https://onnx.ai/onnx/operators/ and, for `com.microsoft`, ONNX Runtime's ContribOperators.md.
 */
import { readGraph, type ReadGraph, type ReadNode } from './onnx-wire.ts';

interface Known {
  readonly type: number;
  readonly shape: readonly number[];
  /** Of small integers, which tell shapes. */
  readonly numbers?: readonly number[];
}

const types = { float32: 1, int32: 6, int64: 7, float16: 10 } as const;
const bytesOf: Readonly<Record<number, number>> = { 1: 4, 6: 4, 7: 8, 10: 2 };

const product = (shape: readonly number[]) => shape.reduce((all, side) => all * side, 1);
const same = (a: readonly number[], b: readonly number[]) => a.join() === b.join();

function demand(condition: boolean, what: string): asserts condition {
  if (!condition) throw new Error(what);
}

function broadcast(a: readonly number[], b: readonly number[]): readonly number[] {
  const length = Math.max(a.length, b.length);
  const side = (shape: readonly number[], i: number) => shape[shape.length - length + i] ?? 1;
  return Array.from({ length }, (_, i) => {
    const [x, y] = [side(a, i), side(b, i)];
    demand(x === y || x === 1 || y === 1, `[${a.join()}] and [${b.join()}] do not go together`);
    return Math.max(x, y);
  });
}

type Infer = (node: ReadNode, inputs: readonly (Known | null)[]) => readonly Known[];

const list = (node: ReadNode, name: string) => node.attributes.get(name) as readonly number[];
const whole = (node: ReadNode, name: string) => node.attributes.get(name) as number;
const floats = (known: Known) => {
  demand(known.type === types.float32 || known.type === types.float16, 'is no float');
  return known;
};
const alike = (...all: readonly (Known | null)[]) => {
  const given = all.flatMap((each) => (each ? [each] : []));
  demand(
    given.every(({ type }) => type === given[0]!.type),
    'mixes types',
  );
  return given[0]!.type;
};

const elementwise: Infer = (_node, [a, b]) => [{ type: alike(a!, b!), shape: broadcast(a!.shape, b!.shape) }];
const unary: Infer = (_node, [x]) => [floats(x!)];

const rules: Readonly<
  Record<string, { readonly inputs: readonly [least: number, most: number]; readonly infer: Infer }>
> = {
  Add: { inputs: [2, 2], infer: elementwise },
  Mul: { inputs: [2, 2], infer: elementwise },
  Sigmoid: { inputs: [1, 1], infer: unary },
  Relu: { inputs: [1, 1], infer: unary },
  Tanh: { inputs: [1, 1], infer: unary },
  Sin: { inputs: [1, 1], infer: unary },
  Cos: { inputs: [1, 1], infer: unary },
  'com.microsoft.Gelu': { inputs: [1, 1], infer: unary },
  Cast: { inputs: [1, 1], infer: (node, [x]) => [{ type: whole(node, 'to'), shape: x!.shape }] },
  MatMul: {
    inputs: [2, 2],
    infer: (_node, [a, b]) => {
      const [m = 0, k = 0] = a!.shape.slice(-2);
      const [inner = 0, n = 0] = b!.shape.slice(-2);
      demand(k === inner, `multiplies ${k} columns by ${inner} rows`);
      return [
        { type: alike(a!, b!), shape: [...broadcast(a!.shape.slice(0, -2), b!.shape.slice(0, -2)), m, n] },
      ];
    },
  },
  Conv: {
    inputs: [2, 3],
    infer: (node, [x, weight, bias]) => {
      const [batch = 0, channels = 0, ...sides] = x!.shape;
      const [out = 0, inside = 0, ...kernel] = weight!.shape;
      demand(channels === inside, `convolves ${channels} channels with ${inside}`);
      demand(
        !node.attributes.has('kernel_shape') || same(list(node, 'kernel_shape'), kernel),
        'kernel_shape',
      );
      demand(!bias || same(bias.shape, [out]), 'bias');
      const strides = node.attributes.has('strides') ? list(node, 'strides') : [1, 1];
      const pads = node.attributes.has('pads') ? list(node, 'pads') : [0, 0, 0, 0];
      const shape = sides.map(
        (side, i) => Math.floor((side + pads[i]! + pads[i + 2]! - kernel[i]!) / strides[i]!) + 1,
      );
      return [{ type: alike(x!, weight!, bias ?? null), shape: [batch, out, ...shape] }];
    },
  },
  InstanceNormalization: {
    inputs: [3, 3],
    infer: (_node, [x, scale, shift]) => {
      demand(
        [scale!, shift!].every(({ shape }) => same(shape, [x!.shape[1]!])),
        'scale and shift',
      );
      return [{ type: alike(x!, scale!, shift!), shape: x!.shape }];
    },
  },
  LayerNormalization: {
    inputs: [2, 3],
    infer: (node, [x, scale, shift]) => {
      demand(
        whole(node, 'axis') === -1 && [scale!, shift!].every(({ shape }) => same(shape, x!.shape.slice(-1))),
        'axis',
      );
      return [{ type: alike(x!, scale!, shift ?? null), shape: x!.shape }];
    },
  },
  Reshape: {
    inputs: [2, 2],
    infer: (_node, [x, to]) => {
      demand(to!.type === types.int64 && to!.numbers !== undefined, 'to a shape that is not known');
      demand(product(to!.numbers) === product(x!.shape), `${x!.shape.join()} to ${to!.numbers.join()}`);
      return [{ type: x!.type, shape: to!.numbers }];
    },
  },
  Transpose: {
    inputs: [1, 1],
    infer: (node, [x]) => [{ type: x!.type, shape: list(node, 'perm').map((axis) => x!.shape[axis]!) }],
  },
  Concat: {
    inputs: [1, 99],
    infer: (node, inputs) => {
      const axis = whole(node, 'axis');
      const sides = inputs.map((each) => each!.shape.filter((_, i) => i !== axis).join());
      demand(new Set(sides).size === 1, 'other sides differ');
      const shape = [...inputs[0]!.shape];
      shape[axis] = inputs.reduce((sum, each) => sum + each!.shape[axis]!, 0);
      return [{ type: alike(...inputs), shape }];
    },
  },
  Split: {
    inputs: [1, 1],
    infer: (node, [x]) => {
      const count = whole(node, 'num_outputs');
      demand(whole(node, 'axis') === -1 && x!.shape.at(-1)! % count === 0, 'unequal parts');
      const shape = [...x!.shape.slice(0, -1), x!.shape.at(-1)! / count];
      return Array.from({ length: count }, () => ({ type: x!.type, shape }));
    },
  },
  Resize: {
    inputs: [3, 3],
    infer: (_node, [x, roi, scales]) => {
      demand(roi === null && scales!.type === types.float32 && scales!.numbers?.length === 4, 'scales');
      return [{ type: floats(x!).type, shape: x!.shape.map((side, i) => side * scales!.numbers![i]!) }];
    },
  },
  Gather: {
    inputs: [2, 2],
    infer: (node, [table, ids]) => {
      demand(whole(node, 'axis') === 0 && [types.int32, types.int64].includes(ids!.type as 6 | 7), 'ids');
      return [{ type: table!.type, shape: [...ids!.shape, ...table!.shape.slice(1)] }];
    },
  },
  'com.microsoft.MultiHeadAttention': {
    inputs: [3, 6],
    infer: (node, [query, key, value, bias, padding, scores]) => {
      const heads = whole(node, 'num_heads');
      const [batch, tokens, width = 0] = query!.shape;
      demand(width % heads === 0 && same(key!.shape, value!.shape) && key!.shape[2] === width, 'widths');
      demand(key!.shape[0] === batch && !bias && !padding, 'batches');
      if (scores) broadcast(scores.shape, [batch!, heads, tokens!, key!.shape[1]!]);
      return [{ type: alike(query!, key!, value!, scores ?? null), shape: query!.shape }];
    },
  },
};

/** Throws with the node's name. Returns every value, as far as anybody asks. */
export function checkGraph(bytes: Uint8Array): {
  readonly graph: ReadGraph;
  readonly values: ReadonlyMap<string, Known>;
} {
  const graph = readGraph(bytes);
  demand(graph.opsets.get('') === 18 && graph.opsets.get('com.microsoft') === 1, 'opsets');
  const values = new Map<string, Known>();
  const define = (name: string, known: Known) => {
    demand(name !== '' && !values.has(name), `${name} is defined twice`);
    demand(
      known.shape.every((side) => Number.isInteger(side) && side > 0),
      `${name} is [${known.shape.join()}]`,
    );
    values.set(name, known);
  };
  for (const { name, dims: shape, type, sizeBytes, raw } of graph.initializers) {
    demand(sizeBytes === product(shape) * bytesOf[type]!, `${name} has ${sizeBytes} bytes`);
    define(name, { type, shape, ...numbersOf(type, raw) });
  }
  for (const { name, type, shape } of graph.inputs) define(name, { type, shape });
  for (const node of graph.nodes) {
    const outputs = outputsOf(node, values);
    node.outputs.forEach((name, i) => define(name, outputs[i]!));
  }
  for (const { name, type, shape } of graph.outputs) {
    const found = values.get(name);
    demand(
      found?.type === type && same(found.shape, shape),
      `the output ${name} is said to be [${shape.join()}]`,
    );
  }
  const used = new Set([
    ...graph.nodes.flatMap(({ inputs }) => inputs),
    ...graph.outputs.map(({ name }) => name),
  ]);
  for (const name of values.keys()) demand(used.has(name), `nothing uses ${name}`);
  return { graph, values };
}

function outputsOf(node: ReadNode, values: ReadonlyMap<string, Known>): readonly Known[] {
  const name = `${node.domain && `${node.domain}.`}${node.op}`;
  const where = `${name} ${node.outputs.join()}`;
  const rule = rules[name];
  demand(rule !== undefined, `${where}: no such operator is known to run everywhere`);
  const inputs = node.inputs.map((input) => {
    if (input === '') return null;
    const found = values.get(input);
    demand(found !== undefined, `${where} asks for ${input}, which comes later or never`);
    return found;
  });
  const [least, most] = rule.inputs;
  demand(inputs.length >= least && inputs.length <= most, `${where} has ${inputs.length} inputs`);
  try {
    const outputs = rule.infer(node, inputs);
    demand(outputs.length === node.outputs.length, 'another number of outputs');
    return outputs;
  } catch (error) {
    throw new Error(`${where}: ${(error as Error).message}`, { cause: error });
  }
}

function numbersOf(type: number, raw: Uint8Array | null): Pick<Known, 'numbers'> {
  if (!raw || raw.length > 64) return {};
  const { buffer } = Uint8Array.from(raw);
  if (type === types.int64) return { numbers: Array.from(new BigInt64Array(buffer), Number) };
  return type === types.float32 ? { numbers: [...new Float32Array(buffer)] } : {};
}
