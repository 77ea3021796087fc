/**
 * A graph under construction. Every value carries its shape, so that what is built is static: no node computes a shape. A weight is
 * written down as a recipe (which tensor of the checkpoint, how it is laid out); its numbers come later, one tensor at a time.
 */
import { toFloat16 } from '../diffusion/float16.ts';
import { AppError } from '../errors.ts';
import * as onnx from '../onnx/build.ts';
import { elementTypes, type OnnxNode, type OnnxTensor, type ValueInfo } from '../onnx/model.ts';
import type { LowRank, LowRanks } from '../weights/low-rank.ts';
import type { CompiledGraph, FloatType, WeightRecipe } from './compiled-graph.ts';

export interface Value {
  readonly name: string;
  readonly shape: readonly number[];
}

/** Shapes of a component's tensors, by name. */
export type TensorShapes = ReadonlyMap<string, { readonly shape: readonly number[] }>;

/** The same where weights may be made up: null is whatever shape is asked for. */
export type WeightShapes = Pick<
  ReadonlyMap<string, { readonly shape: readonly number[] | null }>,
  'has' | 'get'
>;

export interface OpOptions {
  readonly attributes?: Readonly<Record<string, onnx.AttributeValue>>;
  /** `com.microsoft` for ONNX Runtime's own operators. */
  readonly domain?: string;
}

export interface WeightOptions {
  /** The checkpoint's [out, in] becomes [in, out], so that nothing is left to fold when the graph is loaded. */
  readonly transposed?: boolean;
  /** Tensors that follow the first along its first axis. */
  readonly followedBy?: readonly string[];
}

export type GraphBuilder = ReturnType<typeof createGraphBuilder>;

/** Operators as they were in ONNX 1.13, and ONNX Runtime's own. */
const opsets = { '': 18, 'com.microsoft': 1 };
/** Input [1, n] of graphs with LoRAs beside their weights: how much each of them counts. */
export const loraWeightsInput = 'lora_weights';

const elementNames = { float32: 'float', float16: 'float16', int32: 'int32' } as const;

/** `floatType`: what weights and values in between are in; inputs and outputs are float32 always. */
export function createGraphBuilder(
  tensors: WeightShapes,
  floatType: FloatType,
  lowRanks: LowRanks = new Map(),
) {
  const nodes: OnnxNode[] = [];
  const weights = new Map<string, WeightRecipe>();
  const initializers = new Map<string, OnnxTensor>();
  const constants = new Map<string, string>();
  const inputs: ValueInfo[] = [];
  const outputs: ValueInfo[] = [];
  const weighed = new Map<string, Value>();

  /** A node with an output for each of `shapes`. */
  const ops = (
    operator: string,
    from: readonly (Value | null)[],
    shapes: readonly (readonly number[])[],
    { attributes, domain }: OpOptions = {},
  ): readonly Value[] => {
    const base = `${operator}_${nodes.length}`;
    const made = shapes.map((shape, i) => ({ name: i === 0 ? base : `${base}_${i}`, shape }));
    const [inputNames, outputNames] = [from.map((value) => value?.name ?? ''), made.map(({ name }) => name)];
    nodes.push(onnx.node(operator, inputNames, outputNames, attributes, domain));
    return made;
  };

  const op = (
    operator: string,
    from: readonly (Value | null)[],
    shape: readonly number[],
    options?: OpOptions,
  ): Value => ops(operator, from, [shape], options)[0]!;

  /** The same numbers are kept once. */
  const constant = (values: onnx.TensorValues, shape: readonly number[]): Value => {
    const key = `${values.constructor.name} ${shape.join()} ${values.join()}`;
    const name = constants.get(key) ?? `constant_${constants.size}`;
    constants.set(key, name);
    initializers.set(name, onnx.tensor(name, shape, values));
    return { name, shape };
  };

  const float32 = (values: readonly number[], shape: readonly number[] = [values.length]) =>
    constant(Float32Array.from(values), shape);

  const castTo = (type: FloatType, value: Value, name?: string): Value => {
    const attributes = { to: onnx.int(elementTypes[elementNames[type]]) };
    if (name === undefined) return op('Cast', [value], value.shape, { attributes });
    nodes.push(onnx.node('Cast', [value.name], [name], attributes));
    return { name, shape: value.shape };
  };

  /** A float32 value in the type that the graph computes in. */
  const toFloats = (value: Value) => (floatType === 'float32' ? value : castTo(floatType, value));
  /** In the type that the graph computes in. */
  const floats = (values: readonly number[], shape: readonly number[] = [values.length]) =>
    floatType === 'float32' ? float32(values, shape) : constant(toFloat16(Float32Array.from(values)), shape);

  const input = (name: string, type: keyof typeof elementNames, shape: readonly number[]): Value => {
    inputs.push(onnx.valueInfo(name, elementNames[type], shape));
    return { name, shape };
  };

  const once = (key: string, make: () => Value): Value => {
    const made = weighed.get(key) ?? make();
    weighed.set(key, made);
    return made;
  };

  /** For each rank the weight of the LoRA that it is of: [1, n] times ones and zeros. */
  const loraWeights = ({ ranks, owners }: LowRank, shape: readonly number[]): Value => {
    const count = 1 + Math.max(...[...lowRanks.values()].flatMap((each) => each.owners));
    const ownerOf = ranks.flatMap((rank, i) => new Array<number>(rank).fill(owners[i]!));
    return once(`${ownerOf.join()} ${shape.length}`, () => {
      const given = once('', () => toFloats(input(loraWeightsInput, 'float32', [1, count])));
      const rows = Array.from({ length: count }, (_, owner) => ownerOf.map((each) => Number(each === owner)));
      const spread = op('MatMul', [given, floats(rows.flat(), [count, ownerOf.length])], [1, ownerOf.length]);
      if (shape.length === 2) return spread;
      const sides = BigInt64Array.from(shape, (side) => BigInt(side));
      return op('Reshape', [spread, constant(sides, [shape.length])], shape);
    });
  };

  return {
    op,
    ops,
    input,
    floats,
    toFloats,
    loraWeights,
    /** What stands beside a weight. */
    lowRank: (weight: string) => lowRanks.get(weight),
    has: (tensor: string) => tensors.has(tensor),

    /** What the graph answers, in float32. */
    output: (name: string, value: Value): void => {
      castTo('float32', value, name);
      outputs.push(onnx.valueInfo(name, 'float', value.shape));
    },

    integers: (...values: readonly number[]) =>
      constant(
        BigInt64Array.from(values, (value) => BigInt(value)),
        [values.length],
      ),
    float32,

    /** Throws `model-incomplete` when the checkpoint has no such tensor, `model-unsupported` when it is of another size. */
    weight: (
      tensor: string,
      shape: readonly number[],
      { transposed = false, followedBy = [] }: WeightOptions = {},
    ): Value => {
      const names = [tensor, ...followedBy];
      checkSize(tensors, names, shape);
      weights.set(tensor, { name: tensor, tensors: names, shape, transposed });
      const place = { location: tensor, offset: 0, length: sizeOf(shape) * bytesOf[floatType] };
      initializers.set(tensor, onnx.externalTensor(tensor, shape, elementNames[floatType], place));
      return { name: tensor, shape };
    },

    finish: (): CompiledGraph => ({
      floatType,
      weights: [...weights.values()],
      model: onnx.model(
        onnx.graph({ nodes, inputs, outputs, initializers: [...initializers.values()] }),
        opsets,
      ),
    }),
  };
}

const bytesOf = { float32: 4, float16: 2 } as const;

function checkSize(tensors: WeightShapes, names: readonly string[], wanted: readonly number[]): void {
  let count = 0;
  for (const name of names) {
    const tensor = tensors.get(name);
    if (!tensor) throw new AppError('model-incomplete', `The weights lack ${name}.`);
    if (!tensor.shape) return;
    count += sizeOf(tensor.shape);
  }
  if (count === sizeOf(wanted)) return;
  const found = names.map((name) => `[${tensors.get(name)!.shape!.join(', ')}]`).join(' and ');
  throw new AppError(
    'model-unsupported',
    `${names.join(' and ')} is ${found}; its configuration asks for [${wanted.join(', ')}].`,
  );
}

/** Elements of a tensor of this shape. */
export const sizeOf = (shape: readonly number[]) => shape.reduce((product, side) => product * side, 1);
