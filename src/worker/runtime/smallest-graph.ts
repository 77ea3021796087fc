import { graph, model, node, valueInfo } from '../../domain/onnx/build.ts';
import { writeModel } from '../../domain/onnx/file.ts';

/** It does nothing, which a runtime can do only once it has started. */
export function smallestGraph(): Uint8Array {
  const value = (name: string) => valueInfo(name, 'float', [1]);
  const identity = node('Identity', ['x'], ['y']);
  const nothing = graph({ nodes: [identity], inputs: [value('x')], outputs: [value('y')] });
  return writeModel(model(nothing, { '': 17 }));
}
