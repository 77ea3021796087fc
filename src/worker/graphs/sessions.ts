/** A model's sessions on one runtime: created when first used, one after the other, and let go together or in turn. */
import { AppError } from '../../domain/errors.ts';
import type { SessionNeed } from '../../domain/model/graph-shape.ts';
import type { ModelComponent } from '../../domain/model/model-file.ts';
import { yieldToEvents } from '../../engine/rpc.ts';
import type { GraphSource } from './graph-source.ts';
import type { GraphTarget, Graph, Runtime, Session } from '../runtime/runtime.ts';
import type { Job } from '../runtime/job.ts';

export interface Sessions {
  readonly runtime: Runtime;
  /** Some of what was made computes in half precision. */
  readonly usesFloat16: boolean;
  /** Gives `work` a session that meets the need, which it must not keep. Throws as `GraphSource`, `Runtime` and `work`. */
  use<T>(need: SessionNeed, job: Job, work: (session: Session) => Promise<T>): Promise<T>;
  /** Gives `work` the graph itself, which it makes sessions of and lets go again. Throws as `use`. */
  withGraph<T>(need: SessionNeed, job: Job, work: (parts: GraphParts) => Promise<T>): Promise<T>;
  /** Creates what a picture needs, as far as it fits in memory together. */
  warmUp(needs: readonly SessionNeed[], job: Job): Promise<void>;
  release(): Promise<void>;
}

export interface GraphParts {
  readonly runtime: Runtime;
  readonly graph: Graph;
}

export interface SessionsOptions {
  readonly runtime: Runtime;
  readonly source: GraphSource;
  /** Without graph optimisation: see `Runtime.createSession`. */
  readonly careful?: boolean;
  /** In single precision, whatever the runtime can do. */
  readonly float32?: boolean;
}

const everyPicture: readonly ModelComponent[] = ['text_encoder', 'unet', 'vae_decoder'];
/** Files of more than this do not fit into WebAssembly's 4 GiB together: float16 weights double, and a step needs 2 GB at 512 × 512. */
const togetherBytes = 512 * 2 ** 20;

/** Up to this much, a component keeps its last two shapes: a size or a guidance that a person goes back and forth between. */
const twiceBytes = 64 * 2 ** 20;

/** Newest first. */
type Open = readonly { readonly key: string; readonly session: Session }[];

export function createSessions(options: SessionsOptions): Sessions {
  const { runtime, source, careful = false, float32 = false } = options;
  const target = { backend: runtime.backend, float16: runtime.float16 && !float32 };
  const open = new Map<ModelComponent, Open>();
  const totalBytes = everyPicture.reduce((sum, name) => sum + source.sizeBytes(name), 0);
  const read = readWithProgress(source, target, totalBytes);
  let inTurn = runtime.backend === 'wasm' && totalBytes > togetherBytes;
  let usesFloat16 = false;

  const releaseAll = async () => {
    const sessions = [...open.values()].flat();
    open.clear();
    for (const { session } of sessions) await session.release();
  };

  /** Makes room for one more of a component. */
  const releaseOld = async (component: ModelComponent) => {
    const kept = source.sizeBytes(component) <= twiceBytes ? 1 : 0;
    const all = open.get(component) ?? [];
    open.set(component, all.slice(0, kept));
    for (const { session } of all.slice(kept)) await session.release();
  };

  /** What does not fit beside the others is made alone, and from then on all take turns; what does not fit alone, with care. */
  const create = async (need: SessionNeed, job: Job): Promise<Session> => {
    if (inTurn) await releaseAll();
    const graph = await read(need, job);
    usesFloat16 ||= graph.float16 ?? false;
    const make = (withCare: boolean) => createBorne(runtime, graph, withCare);
    const makeAlone = async () => {
      inTurn = true;
      await releaseAll();
      return make(careful);
    };
    const first = () => make(careful);
    const attempts =
      [...open.values()].flat().length > 0 ? [first, makeAlone, () => make(true)] : [first, () => make(true)];
    const session = await firstThatFits(attempts);
    source.letGo(graph);
    return session;
  };

  const ensure = async (need: SessionNeed, job: Job): Promise<Session> => {
    const { component } = need;
    const key = source.keyOf(need, target);
    const ready = open.get(component)?.find((one) => one.key === key);
    if (ready) {
      open.set(component, [ready, ...open.get(component)!.filter((one) => one !== ready)]);
      return ready.session;
    }
    await releaseOld(component);
    const count = () => {
      const done = [...open.values()].filter((all) => all.length > 0).length;
      job.tell({ phase: 'session', component, done, total: Math.max(everyPicture.length, done) });
    };
    count();
    await yieldToEvents();
    job.signal.throwIfAborted();
    const session = await create(need, job);
    open.set(component, [{ key, session }, ...(open.get(component) ?? [])]);
    count();
    return session;
  };

  return {
    runtime,
    get usesFloat16() {
      return usesFloat16;
    },
    use: async (need, job, work) => work(await ensure(need, job)),
    withGraph: async (need, job, work) => {
      // Who asks for this is short of memory; what a GPU holds is not in WebAssembly's heap.
      if (runtime.backend === 'wasm') await releaseAll();
      const graph = await read(need, job);
      return work({ runtime, graph }).finally(() => source.letGo(graph));
    },
    warmUp: async (needs, job) => {
      for (const need of needs) if (!inTurn) await ensure(need, job);
    },
    release: releaseAll,
  };
}

/** Not every graph bears that its timestep becomes a float. */
async function createBorne(runtime: Runtime, graph: Graph, careful: boolean): Promise<Session> {
  try {
    return await runtime.createSession(graph, { careful });
  } catch (error) {
    const refused = error instanceof AppError && error.code === 'session-failed';
    if (!refused || !graph.alternative) throw error;
    return createBorne(runtime, graph.alternative, careful);
  }
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
function readWithProgress(source: GraphSource, target: GraphTarget, totalBytes: number) {
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
    return source.read(need, target, { onBytes, signal });
  };
}
