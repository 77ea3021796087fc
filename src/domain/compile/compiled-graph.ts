/** What the compiler makes: a static graph, and a recipe for each of its weights. */
import type { OnnxModel } from '../onnx/model.ts';

export type FloatType = 'float32' | 'float16';

/** How a weight of the graph comes from the checkpoint's tensors. */
export interface WeightRecipe {
  /** In the graph, and of the external data that holds it alone. */
  readonly name: string;
  /** One after the other along the first axis; nearly always one. */
  readonly tensors: readonly string[];
  /** As the graph takes it. */
  readonly shape: readonly number[];
  /** The tensor is [out, in], the graph's weight [in, out]. */
  readonly transposed: boolean;
}

export interface CompiledGraph {
  readonly model: OnnxModel;
  /** Of the weights, and of what is computed in between. */
  readonly floatType: FloatType;
  readonly weights: readonly WeightRecipe[];
}
