/** A float32 graph of which one weight goes through float16, as where exporters leave a part in half precision. */
import { int, node, scalar, tensor } from '../domain/onnx/build.ts';
import { readModel, writeModel } from '../domain/onnx/file.ts';
import { elementTypes, type OnnxTensor } from '../domain/onnx/model.ts';

const largestHalf = 65504;

/**
 * What the graph computes is the same, but for the rounding of that weight. With `overflows` the weight is too large for float16 on its
 * way: in half precision it becomes infinite, and in single precision it stays what it was.
 */
export function throughHalf(bytes: Uint8Array, { overflows }: { readonly overflows: boolean }): Uint8Array {
  const model = readModel(bytes);
  const { graph } = model;
  const last = graph.nodes.findLast(({ opType }) => opType === 'Conv')!;
  const weight = graph.initializers.find(({ name }) => name === last.inputs[1])!;
  const values = floatsOf(weight);
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  // A power of two changes no digit.
  const factor = overflows ? 2 ** Math.ceil(Math.log2((2 * largestHalf) / largest)) : 1;
  const name = weight.name!;
  const [half, single, whole] = [`${name}/half`, `${name}/single`, `${name}/whole`];
  const large = tensor(
    name,
    weight.dims,
    values.map((value) => value * factor),
  );
  const shrink = scalar(`${name}/factor`, Float32Array.of(1 / factor));
  const nodes = [
    node('Cast', [name], [half], { to: int(elementTypes.float16) }),
    node('Cast', [half], [single], { to: int(elementTypes.float) }),
    node('Mul', [single, `${name}/factor`], [whole]),
    ...graph.nodes.map((it) =>
      it === last ? { ...it, inputs: it.inputs.map((input) => (input === name ? whole : input)) } : it,
    ),
  ];
  const initializers = [...graph.initializers.map((it) => (it === weight ? large : it)), shrink];
  return writeModel({ ...model, graph: { ...graph, nodes, initializers } });
}

const floatsOf = ({ raw, floats }: OnnxTensor): Float32Array =>
  raw ? new Float32Array(new Uint8Array(raw).buffer) : Float32Array.from(floats);
