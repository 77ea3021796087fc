import { compileComponent, type GraphShape } from '../domain/compile/compile-component.ts';
import { loraWeightsInput } from '../domain/compile/graph-builder.ts';
import type { FloatType } from '../domain/compile/compiled-graph.ts';
import type { Json } from '../domain/loose-json.ts';
import type { ModelComponent } from '../domain/model/model-file.ts';
import type { Tensors } from '../domain/weights/lazy-tensor.ts';
import type { LowRanks } from '../domain/weights/low-rank.ts';
import { fillGraph } from '../worker/graphs/fill-graph.ts';
import { openRuntime } from '../worker/runtime/ort.ts';
import type { HostTensor, Session } from '../worker/runtime/runtime.ts';
import type { GoldenTensor } from './golden.ts';

export interface Part {
  readonly component: ModelComponent;
  readonly config: Json;
  readonly tensors: Tensors;
  readonly beside?: Beside;
}

/** LoRAs that stand beside the weights. */
export interface Beside {
  readonly lowRanks: LowRanks;
  readonly weights: readonly number[];
}

/** A component, compiled for one shape, in the real WASM runtime. */
export async function compiledSession(
  { component, config, tensors, beside }: Part,
  shape: Partial<GraphShape>,
  floatType: FloatType = 'float32',
): Promise<Session> {
  const whole = { batch: 1, height: 8, width: 8, tokens: 77, ...shape };
  const compiled = compileComponent(component, config, tensors, whole, floatType, {
    lowRanks: beside?.lowRanks,
  });
  const runtime = await openRuntime('wasm', 1);
  const session = await runtime.createSession((await fillGraph(compiled, tensors)).graph);
  return beside ? withWeights(session, beside) : session;
}

export function withWeights(session: Session, { weights }: Beside): Session {
  const data = Float32Array.from(weights);
  const given: HostTensor = { type: 'float32', dims: [1, data.length], data };
  return { ...session, run: (feeds, fetch) => session.run({ ...feeds, [loraWeightsInput]: given }, fetch) };
}

export const float32 = ({ shape, data }: GoldenTensor): HostTensor => ({
  type: 'float32',
  dims: shape,
  data,
});

/** Runs a session that has one output, and lets it go. */
export async function answer(
  session: Session,
  feeds: Readonly<Record<string, HostTensor>>,
): Promise<Float32Array> {
  const { data } = await session.run(feeds, session.outputs[0]!.name);
  await session.release();
  return data as Float32Array;
}
