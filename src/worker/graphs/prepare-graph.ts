/** A graph from a file, made ready for the work at hand and for what runs it. Why, and how much it brings: bench/README.md. */
import type { GraphShape } from '../../domain/model/graph-shape.ts';
import { withWeightsAt } from '../../domain/onnx/externalize.ts';
import { readModel, writeModel } from '../../domain/onnx/file.ts';
import { hasFixedShapes, withFixedShapes } from '../../domain/onnx/fix-shapes.ts';
import { withFloatTimestep } from '../../domain/onnx/float-timestep.ts';
import type { OnnxModel } from '../../domain/onnx/model.ts';
import { withOnlyHiddenStates } from '../../domain/onnx/hidden-states.ts';
import { withPlainGelu } from '../../domain/onnx/plain-gelu.ts';
import { withSmallIntegers } from '../../domain/onnx/small-integers.ts';
import { hasFloat16, toFloat32 } from '../../domain/onnx/to-float32.ts';
import type { Graph, GraphTarget } from '../runtime/runtime.ts';
import { lazyFloat32File } from './lazy-float32.ts';

/** Names under which a session is given the graph's own file, and its weights in float32; no exporter writes such. */
const ownFile = 'zoetrope/model';
const float32File = 'zoetrope/float32';

export interface PreparedGraph extends Graph {
  /** The file leaves no dimension free: it is the same for every shape. */
  readonly hasOneShape: boolean;
}

/** Throws `file-corrupt` for bytes that are no graph, or where weights are missing. Bytes of `filed` are used, not copied. */
export function preparedGraph(filed: Graph, shape: GraphShape, target: GraphTarget): PreparedGraph {
  const read = readModel(filed.model);
  const whole = withWeightsAt(read, filed.model, ownFile);
  const beside = [...filed.externalData, { path: ownFile, data: filed.model }];
  const float16 = hasFloat16(read);
  const onGpu = target.backend === 'webgpu';
  const { model, externalData } =
    onGpu && float16 && !target.float16 ? inFloat32(whole, beside) : { model: whole, externalData: beside };
  const fixed = withFixedShapes(onGpu ? forGpu(model) : model, shape);
  const timed = withFloatTimestep(fixed);
  const graphOf = (edited: OnnxModel): Graph => ({ model: writeModel(edited), externalData });
  return {
    ...graphOf(timed),
    float16: float16 && target.float16,
    hasOneShape: hasFixedShapes(read),
    ...(timed === fixed ? {} : { alternative: graphOf(fixed) }),
  };
}

/** Without what WebGPU has no kernels for: every node that is left on the CPU is a wait for the GPU and a copy. */
function forGpu<M extends OnnxModel>(model: M): M {
  const { graph, ...others } = withPlainGelu(model);
  return { ...others, graph: graph && withSmallIntegers(withOnlyHiddenStates(graph)) } as M;
}

function inFloat32(whole: OnnxModel, beside: Graph['externalData']) {
  const file = (name: string) => beside.find(({ path }) => path === name)?.data;
  const { model, weights, weightBytes } = toFloat32(whole, float32File, file);
  const data = lazyFloat32File(weights, weightBytes);
  return { model, externalData: [...beside, { path: float32File, data }] };
}
