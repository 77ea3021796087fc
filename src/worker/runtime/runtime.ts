/** What the engine needs of a runtime for ONNX graphs. `ort.ts` gives the real one; plain data only, so that nothing can leak. */
import type { Backend } from '../../engine/protocol.ts';

export type TensorData = Float32Array | Uint16Array | Int32Array | BigInt64Array | Uint8Array;

/** A tensor outside the runtime. `float16` holds its bits as `Uint16Array`. */
export interface HostTensor {
  readonly type: string;
  readonly dims: readonly number[];
  readonly data: TensorData;
  /** This very object comes again, run after run, and never changes: what was made of it for a device may be kept. */
  readonly lasting?: boolean;
}

/** What a graph declares about an input or output: a number is a fixed dimension, a string a free one. */
export interface TensorInfo {
  readonly name: string;
  readonly type: string;
  readonly shape: readonly (number | string)[];
}

export interface Session {
  readonly inputs: readonly TensorInfo[];
  readonly outputs: readonly TensorInfo[];
  /** Its weights leave no room for more than one sample at a time. */
  readonly oneAtATime?: boolean;
  /** Computes the one output named `fetch`. Throws `session-failed`, `out-of-memory`, `device-lost`. */
  run(feeds: Readonly<Record<string, HostTensor>>, fetch: string): Promise<HostTensor>;
  release(): Promise<void>;
}

export interface Graph {
  readonly model: Uint8Array;
  /** Weights beside the graph, under the names by which the graph speaks of them. */
  readonly externalData: readonly { readonly path: string; readonly data: Uint8Array }[];
  /** Inputs that whoever made the graph gives at each run, as they are then. */
  readonly given?: () => Readonly<Record<string, HostTensor>>;
  /** Some of it is computed in half precision, which overflows sooner. */
  readonly float16?: boolean;
  /** The same for a runtime that refuses this one. */
  readonly alternative?: Graph;
}

export interface Runtime {
  readonly backend: Backend;
  /** Whether it computes in half precision as well. WASM's kernels turn halves to float32 and back. */
  readonly float16: boolean;
  /** Values of more bytes than this do not fit: on the GPU into one buffer, in WebAssembly into the heap together with the others. */
  readonly largestTensorBytes: number;
  /**
   * `careful` turns graph optimisation off, or down as far as the graph bears: slower, with the fewest rewrites.
   * Throws `session-failed`, `out-of-memory`, `device-lost`.
   */
  createSession(graph: Graph, options?: { readonly careful?: boolean }): Promise<Session>;
  /** Milliseconds spent in the runtime so far. */
  readonly spentMs: number;
  /** Sessions that were created and not yet released. */
  readonly liveSessions: number;
  /** Lets go of the GPU device; sessions must have been released. */
  close(): void;
}

/** Opens the runtime for a backend. Throws `backend-unavailable`. */
export type OpenRuntime = (backend: Backend) => Promise<Runtime>;

/** What of a runtime decides how a graph is made. */
export type GraphTarget = Pick<Runtime, 'backend' | 'float16'>;
