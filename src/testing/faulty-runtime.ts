import type { Backend } from '../engine/protocol.ts';
import type { Graph, HostTensor, Runtime, Session } from '../worker/runtime/runtime.ts';

export interface Faults {
  /** Called before a graph runs; throw to make the run fail. `run` counts from 1 for each output name. */
  readonly beforeRun?: (output: string, run: number) => void | Promise<void>;
  /** Called with what a graph gave, to spoil it. */
  readonly afterRun?: (output: string, run: number, result: HostTensor) => HostTensor;
  /** Called before a session is created; throw to refuse it. `count` counts from 1. */
  readonly beforeCreate?: (count: number, careful: boolean, graph: Graph) => void;
  /** It says that it computes in half precision. */
  readonly float16?: boolean;
  /** It says that no more fit into one value. */
  readonly largestTensorBytes?: number;
}

/** A real runtime that says it is another backend and fails when it is told to. */
export function faultyRuntime(inner: Runtime, backend: Backend, faults: Faults): Runtime {
  const runs = new Map<string, number>();
  let created = 0;

  const wrap = (session: Session): Session => ({
    ...session,
    run: async (feeds, fetch) => {
      const run = (runs.get(fetch) ?? 0) + 1;
      runs.set(fetch, run);
      await faults.beforeRun?.(fetch, run);
      const result = await session.run(feeds, fetch);
      return faults.afterRun?.(fetch, run, result) ?? result;
    },
  });

  return {
    backend,
    float16: faults.float16 ?? inner.float16,
    largestTensorBytes: faults.largestTensorBytes ?? inner.largestTensorBytes,
    createSession: async (graph, options) => {
      faults.beforeCreate?.(++created, options?.careful ?? false, graph);
      return wrap(await inner.createSession(graph, options));
    },
    get spentMs() {
      return inner.spentMs;
    },
    get liveSessions() {
      return inner.liveSessions;
    },
    close: () => inner.close(),
  };
}
