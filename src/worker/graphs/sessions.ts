/** A model's sessions on one runtime: created when first used, one after the other, and let go together or in turn. */
import { AppError, isOutOfMemory } from '../../domain/errors.ts';
import type { SessionNeed } from '../../domain/model/graph-shape.ts';
import type { ModelComponent } from '../../domain/model/model-file.ts';
import { yieldToEvents } from '../../engine/rpc.ts';
import type { GraphSource } from './graph-source.ts';
import type { Graph, Runtime, Session } from '../runtime/runtime.ts';
import { everyPicture, readWithProgress } from './read-with-progress.ts';
import { createSmallerBatches, single } from './smaller-batches.ts';
import type { Job } from '../runtime/job.ts';

export interface Sessions {
  readonly runtime: Runtime;
  /** Some of what was made computes in half precision. */
  readonly usesFloat16: boolean;
  /**
   * Gives `work` a session that meets the need, which it must not keep. Where memory runs out for a batch it gets one for a single sample,
   * with which `work` is done again: see `predict`. Throws as `GraphSource`, `Runtime` and `work`.
   */
  use<T>(need: SessionNeed, job: Job, work: (session: Session) => Promise<T>): Promise<T>;
  /** Gives `work` the graph itself, which it makes sessions of and lets go again. Throws as `use`. */
  withGraph<T>(need: SessionNeed, job: Job, work: (parts: GraphParts) => Promise<T>): Promise<T>;
  /** Creates what a picture needs, as far as it fits in memory together; who uses the rest finds another way. */
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
  /** Of the picture in the making, as far as it is known. */
  const wanted = new Map<ModelComponent, SessionNeed>();
  const lastKey = new Map<ModelComponent, string>();
  const { fitted, tooMuch } = createSmallerBatches();

  const keyOf = (need: SessionNeed) => source.keyOf(fitted(need), target);
  const isBatch = (need: SessionNeed) => keyOf(need) !== source.keyOf(single(need), target);
  const isReady = (need: SessionNeed) => open.get(need.component)?.some(({ key }) => key === keyOf(need));

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

  const releaseAllOf = async (component: ModelComponent) => {
    const all = open.get(component) ?? [];
    open.delete(component);
    for (const { session } of all) await session.release();
  };

  /**
   * What does not fit beside the others is made alone, and from then on all take turns; what does not fit alone, with care. A batch is not
   * worth that.
   */
  const create = async (need: SessionNeed, job: Job): Promise<Session> => {
    if (inTurn) await releaseAll();
    const graph = await read(fitted(need), job);
    usesFloat16 ||= graph.float16 ?? false;
    const make = (care: boolean) => createBorne(runtime, graph, care);
    const inTurnFrom = (session: Session) => ((inTurn = true), session);
    const first = () => make(careful);
    const alone = async () => {
      await releaseAll();
      return inTurnFrom(await make(careful));
    };
    const withCare = () => make(true);
    const attempts =
      [...open.values()].flat().length > 0
        ? [first, alone, async () => inTurnFrom(await withCare())]
        : [first, withCare];
    const session = await firstThatFits(isBatch(need) ? [first] : attempts);
    source.letGo(graph);
    return withGiven(session, graph.given);
  };

  const ensure = async (need: SessionNeed, job: Job): Promise<Session> => {
    const { component } = need;
    const key = keyOf(need);
    wanted.set(component, need);
    const ready = open.get(component)?.find((one) => one.key === key);
    if (ready) {
      open.set(component, [ready, ...open.get(component)!.filter((one) => one !== ready)]);
      return ready.session;
    }
    await releaseOld(component);
    const again = ![undefined, key].includes(lastKey.get(component));
    lastKey.set(component, key);
    const count = () => {
      const done = [...wanted.values()].filter(isReady).length;
      const total = Math.max(everyPicture.length, wanted.size);
      job.tell({ phase: 'session', component, done, total, ...(again && { again }) });
    };
    count();
    await yieldToEvents();
    job.signal.throwIfAborted();
    const session = await create(need, job);
    open.set(component, [{ key, session }, ...(open.get(component) ?? [])]);
    count();
    return session;
  };

  /** Guidance as one pass of two doubles what a step computes with; two passes of one need no more than a picture without guidance. */
  const inSmallerBatches = async <T>(need: SessionNeed, work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      if (!isOutOfMemory(error) || !isBatch(need)) throw error;
      tooMuch(need);
      await releaseAllOf(need.component);
      return work();
    }
  };

  return {
    runtime,
    get usesFloat16() {
      return usesFloat16;
    },
    use: (need, job, work) => inSmallerBatches(need, async () => work(await ensure(need, job))),
    withGraph: async (need, job, work) => {
      // Who asks for this is short of memory; what a GPU holds is not in WebAssembly's heap.
      if (runtime.backend === 'wasm') await releaseAll();
      const graph = await read(need, job);
      return work({ runtime, graph }).finally(() => source.letGo(graph));
    },
    warmUp: async (needs, job) => {
      needs.forEach((need) => wanted.set(need.component, need));
      try {
        for (const need of needs) if (!inTurn) await inSmallerBatches(need, () => ensure(need, job));
      } catch (error) {
        if (!isOutOfMemory(error)) throw error;
      }
    },
    release: releaseAll,
  };
}

/** Whoever uses the session need not know of inputs that the graph's maker gives. */
function withGiven(session: Session, given: Graph['given']): Session {
  if (!given) return session;
  const own = Object.keys(given());
  return {
    ...session,
    inputs: session.inputs.filter(({ name }) => !own.includes(name)),
    run: (feeds, fetch) => session.run({ ...feeds, ...given() }, fetch),
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
    if (!isOutOfMemory(error) || others.length === 0) throw error;
    return firstThatFits(others);
  }
}
