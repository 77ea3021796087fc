/** A model's sessions on one runtime: created when first used, one after the other, and let go together or in turn. */
import { AppError } from '../../domain/errors.ts';
import type { SessionNeed } from '../../domain/model/graph-shape.ts';
import type { ModelComponent } from '../../domain/model/model.ts';
import { yieldToEvents } from '../../engine/rpc.ts';
import type { GraphSource } from './graph-source.ts';
import type { Job } from '../runtime/job.ts';
import type { Graph, Runtime, Session } from '../runtime/runtime.ts';
import { withFloatTimestep } from './timestep-type.ts';

export interface Sessions {
  readonly runtime: Runtime;
  /** Gives `work` a session that meets the need, which it must not keep. Throws as `GraphSource`, `Runtime` and `work`. */
  use<T>(need: SessionNeed, job: Job, work: (session: Session) => Promise<T>): Promise<T>;
  /** Creates what a picture needs, as far as it fits in memory together. */
  warmUp(needs: readonly SessionNeed[], job: Job): Promise<void>;
  release(): Promise<void>;
}

export interface SessionsOptions {
  readonly runtime: Runtime;
  readonly source: GraphSource;
  /** Without graph optimisation: see `Runtime.createSession`. */
  readonly careful?: boolean;
}

const everyPicture: readonly ModelComponent[] = ['text_encoder', 'unet', 'vae_decoder'];
/** Files of more than this do not fit into WebAssembly's 4 GiB together: float16 weights double, and a step needs 2 GB at 512 × 512. */
const togetherBytes = 512 * 2 ** 20;

export function createSessions({ runtime, source, careful = false }: SessionsOptions): Sessions {
  const open = new Map<ModelComponent, { readonly key: string; readonly session: Session }>();
  const totalBytes = everyPicture.reduce((sum, name) => sum + source.sizeBytes(name), 0);
  const read = readWithProgress(source, runtime, totalBytes);
  let inTurn = runtime.backend === 'wasm' && totalBytes > togetherBytes;

  const releaseAll = async () => {
    const sessions = [...open.values()];
    open.clear();
    for (const { session } of sessions) await session.release();
  };

  /** What does not fit beside the others is made alone, and from then on all take turns; what does not fit alone, with care. */
  const create = async (need: SessionNeed, job: Job): Promise<Session> => {
    if (inTurn) await releaseAll();
    const graph = await read(need, job);
    const make = (withCare: boolean) =>
      withFloatTimestep(graph.model, () => runtime.createSession(graph, { careful: withCare }));
    const makeAlone = async () => {
      inTurn = true;
      await releaseAll();
      return make(careful);
    };
    const first = () => make(careful);
    const attempts = open.size > 0 ? [first, makeAlone, () => make(true)] : [first, () => make(true)];
    const session = await firstThatFits(attempts);
    source.letGo(graph);
    return session;
  };

  const ensure = async (need: SessionNeed, job: Job): Promise<Session> => {
    const { component } = need;
    const key = source.keyOf(need, runtime);
    const ready = open.get(component);
    if (ready?.key === key) return ready.session;
    open.delete(component);
    await ready?.session.release();
    const count = (done: number) =>
      job.tell({ phase: 'session', component, done, total: Math.max(everyPicture.length, done) });
    count(open.size);
    await yieldToEvents();
    job.signal.throwIfAborted();
    const session = await create(need, job);
    open.set(component, { key, session });
    count(open.size);
    return session;
  };

  return {
    runtime,
    use: async (need, job, work) => work(await ensure(need, job)),
    warmUp: async (needs, job) => {
      for (const need of needs) if (!inTurn) await ensure(need, job);
    },
    release: releaseAll,
  };
}

/** Throws what the last attempt throws, and at once anything but `out-of-memory`. */
async function firstThatFits<T>(attempts: readonly (() => Promise<T>)[]): Promise<T> {
  const [attempt, ...others] = attempts;
  try {
    return await attempt!();
  } catch (error) {
    const noMemory = error instanceof AppError && error.code === 'out-of-memory';
    if (!noMemory || others.length === 0) throw error;
    return firstThatFits(others);
  }
}

/** Reads a component and tells of bytes the first time that they come; a component read again is no news. */
function readWithProgress(source: GraphSource, runtime: Runtime, totalBytes: number) {
  const told = new Set<string>();
  let loadedBytes = 0;
  let toldBytes = 0;
  return (need: SessionNeed, { signal, tell }: Job): Promise<Graph> => {
    const { component } = need;
    const news = everyPicture.includes(component) && !told.has(component);
    told.add(component);
    const onBytes = (bytes: number) => {
      if (!news) return;
      loadedBytes += bytes;
      if (loadedBytes - toldBytes < totalBytes / 200 && loadedBytes < totalBytes) return;
      toldBytes = loadedBytes;
      tell({ phase: 'download', loadedBytes, totalBytes });
    };
    return source.read(need, runtime, { onBytes, signal });
  };
}
