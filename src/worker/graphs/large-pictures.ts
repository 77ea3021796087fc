/** Decides whether a graph computes a picture whole or in tiles: by the device's limits, and when memory runs out all the same. */
import type { FloatPlanes, Planes } from '../../domain/diffusion/image/tiles.ts';
import { fromFloat16 } from '../../domain/diffusion/float16.ts';
import type { SessionNeed } from '../../domain/model/graph-shape.ts';
import { picturesOf } from '../../domain/onnx/pictures.ts';
import { readModel } from '../../domain/onnx/file.ts';
import type { Job } from '../runtime/job.ts';
import type { Graph, Session } from '../runtime/runtime.ts';
import type { FallbackSessions } from './fallback-sessions.ts';
import { runInStages } from './staged-run.ts';

export interface LargePicture {
  readonly sessions: FallbackSessions;
  readonly need: SessionNeed;
  /** What the graph is fed: latents, or a picture for the encoder. */
  readonly input: Planes;
  /** Pixels of the picture outside: no graph has larger values than the largest autoencoders for them. */
  readonly pixels: number;
  readonly onTile: (done: number, total: number) => void;
}

/** Stable Diffusion's decoder has 256 channels at the picture's full size, and no known one has more. */
const mostValuesPerPixel = 256;
/** What the smallest devices with WebGPU bind: https://www.w3.org/TR/webgpu/#dom-supported-limits-maxstoragebufferbindingsize */
const tileBytes = 128 * 2 ** 20;

/** Values of a model's widest picture for each pixel of the graph's input, once its graph has been read. */
const knownWidest = new WeakMap<FallbackSessions, Map<string, number>>();

/** `whole` is given the session where the picture fits. Throws as `Sessions.use` and `runInStages`. */
export async function computePicture(
  picture: LargePicture,
  whole: (session: Session) => Promise<FloatPlanes>,
  job: Job,
): Promise<FloatPlanes> {
  const { sessions, need } = picture;
  const limitBytes = await sessions.largestTensorBytes(job);
  if (mostBytes(picture) > limitBytes) return inTiles(picture, () => limitBytes, job);
  const result = await sessions.use<FloatPlanes | null>(need, job, whole, () => Promise.resolve(null));
  return result ?? inTiles(picture, (widestBytes) => Math.min(limitBytes, widestBytes / 4), job);
}

/** Of its largest value, as far as is known. */
function mostBytes({ sessions, need, input, pixels }: LargePicture): number {
  const known = knownWidest.get(sessions)?.get(need.component);
  const values = known === undefined ? mostValuesPerPixel * pixels : known * input.height * input.width;
  return values * 4;
}

function inTiles(
  { sessions, need, input, onTile }: LargePicture,
  limitFor: (widestBytes: number) => number,
  job: Job,
): Promise<FloatPlanes> {
  return sessions.withGraph(need, job, async ({ runtime, graph }) => {
    const widest = widestOf(graph);
    const known = knownWidest.get(sessions) ?? new Map<string, number>();
    knownWidest.set(sessions, known.set(need.component, widest));
    const largestBytes = limitFor(widest * input.height * input.width * 4);
    return inFloats(
      await runInStages({
        ...{ runtime, graph, input, largestBytes, onTile, signal: job.signal },
        tileBytes: Math.min(largestBytes, tileBytes),
      }),
    );
  });
}

function widestOf({ model }: Graph): number {
  const pictures = [...picturesOf(readModel(model).graph).values()];
  return Math.max(0, ...pictures.map(({ channels, scale }) => channels * scale ** 2));
}

const inFloats = ({ data, ...shape }: Planes): FloatPlanes => ({
  ...shape,
  data: data instanceof Uint16Array ? fromFloat16(data) : data,
});
