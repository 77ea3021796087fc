/**
 * `BiasSplitGelu`, which optimised exports hold, as the operators that it stands for: its WebGPU shader does not compile in float16
 * ("Invalid ShaderModule BiasSplitGelu", onnxruntime-web 1.30.0). The runtime does not make any itself. What it computes:
 * https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md#com.microsoft.BiasSplitGelu
 */
import { int, node } from './build.ts';
import { edited } from './nodes.ts';
import type { OnnxModel, OnnxNode } from './model.ts';

export function withPlainGelu<M extends OnnxModel>(model: M): M {
  const opset = model.opsetImports.find(({ domain = '' }) => domain === '')?.version ?? 0;
  return edited(model, { node: (it) => (it.opType === 'BiasSplitGelu' ? plain(it, opset) : it) });
}

/** x + bias, [batch, tokens, 2 · width], is a value and its gate: value · gelu(gate). */
function plain({ inputs, outputs }: OnnxNode, opset: number): readonly OnnxNode[] {
  const name = outputs[0]!;
  const part = (what: string) => `${name}/${what}`;
  const halves = [part('value'), part('gate')];
  // From opset 18 on equal parts have to be asked for.
  const equal = opset >= 18 ? { num_outputs: int(2) } : {};
  return [
    node('Add', inputs, [part('sum')]),
    node('Split', [part('sum')], halves, { axis: int(-1), ...equal }),
    node('Gelu', [part('gate')], [part('gelu')], {}, 'com.microsoft'),
    node('Mul', [part('value'), part('gelu')], [name]),
  ];
}
