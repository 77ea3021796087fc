/** A float32 graph as exporters make it in float16: weights, constants, and everything that is computed with them. */
import { toFloat16 } from '../domain/diffusion/float16.ts';
import { readModel, writeModel } from '../domain/onnx/file.ts';
import { elementTypes, type OnnxModel, type OnnxTensor, type ValueInfo } from '../domain/onnx/model.ts';
import { edited } from '../domain/onnx/nodes.ts';

export function halfGraph(bytes: Uint8Array): Uint8Array {
  const model = readModel(bytes);
  const fixed = resizeInputs(model);
  const tensor = (it: OnnxTensor) => (fixed.has(it.name ?? '') ? it : halfTensor(it));
  return writeModel(
    edited(model, {
      tensor,
      value: halfValue,
      attribute: (it) =>
        it.name === 'to' && it.int === elementTypes.float ? { ...it, int: elementTypes.float16 } : it,
      node: (it) =>
        it.opType === 'Constant' && fixed.has(it.outputs[0]!)
          ? model.graph.nodes.find((own) => own.outputs[0] === it.outputs[0])!
          : it,
    }),
  );
}

/** Scales of `Resize` are float32 in every precision. */
const resizeInputs = ({ graph }: OnnxModel) =>
  new Set(
    graph!.nodes.flatMap(({ opType, inputs }) =>
      opType === 'Resize' ? inputs.slice(1).filter((name) => name) : [],
    ),
  );

function halfTensor(tensor: OnnxTensor): OnnxTensor {
  if (tensor.elementType !== elementTypes.float || !tensor.raw) return tensor;
  const halves = toFloat16(new Float32Array(new Uint8Array(tensor.raw).buffer));
  return { ...tensor, elementType: elementTypes.float16, raw: new Uint8Array(halves.buffer) };
}

function halfValue(value: ValueInfo): ValueInfo {
  const tensor = value.type?.tensor;
  if (tensor?.elementType !== elementTypes.float) return value;
  return { ...value, type: { ...value.type, tensor: { ...tensor, elementType: elementTypes.float16 } } };
}
