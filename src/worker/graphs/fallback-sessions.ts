/** Sessions that go on elsewhere when a backend fails: WebGPU → WebGPU in single precision → WASM → WASM without graph optimisation. */
import { AppError, isAbort, isOutOfMemory } from '../../domain/errors.ts';
import type { SessionNeed } from '../../domain/model/graph-shape.ts';
import type { ModelComponent } from '../../domain/model/model-file.ts';
import type { Backend } from '../../engine/protocol.ts';
import type { Job } from '../runtime/job.ts';
import type { Session } from '../runtime/runtime.ts';
import type { GraphParts, Sessions } from './sessions.ts';

export type Mode = 'webgpu' | 'webgpu-float32' | 'wasm' | 'wasm-careful';

export const backendOf = (mode: Mode): Backend =>
  mode === 'webgpu' || mode === 'webgpu-float32' ? 'webgpu' : 'wasm';

export interface FallbackSessions {
  readonly backend: Backend;
  /** Milliseconds spent in all the runtimes that were used. */
  readonly spentMs: number;
  /**
   * As `Sessions.use`; when WebGPU fails, `work` is done again on WASM, and a notice says so. Who has another way than a backend with more
   * memory goes on with `withoutMemory`.
   */
  use<T>(
    need: SessionNeed,
    job: Job,
    work: (session: Session) => Promise<T>,
    withoutMemory?: () => Promise<T>,
  ): Promise<T>;
  /** As `Sessions.withGraph`. */
  withGraph<T>(need: SessionNeed, job: Job, work: (parts: GraphParts) => Promise<T>): Promise<T>;
  /** As `Runtime`'s; of the one that is used now. */
  largestTensorBytes(job: Job): Promise<number>;
  warmUp(needs: readonly SessionNeed[], job: Job): Promise<void>;
  /** Because of what came out: goes on in the next safer mode, and says so. False when there is none. */
  beSafer(job: Job, reason: string): Promise<boolean>;
  release(): Promise<void>;
}

const saferMode: Readonly<Record<Mode, Mode | null>> = {
  webgpu: 'webgpu-float32',
  'webgpu-float32': 'wasm',
  wasm: 'wasm-careful',
  'wasm-careful': null,
};

/** What another backend may do better; a wrong file or input stays wrong. */
const backendFailures: readonly string[] = [
  'backend-unavailable',
  'device-lost',
  'out-of-memory',
  'runtime-missing',
  'session-failed',
];

export interface FallbackOptions {
  readonly first: Mode;
  /** Gives the sessions of a mode; none are alive in another mode when it is called. */
  readonly open: (mode: Mode) => Promise<Sessions>;
  /** Told when the runtime of a mode failed. */
  readonly onFailure: (mode: Mode) => void;
}

export function createFallbackSessions({ first, open, onFailure }: FallbackOptions): FallbackSessions {
  let mode = first;
  let current: Promise<Sessions> | undefined;
  let earlierMs = 0;
  let clock: Sessions['runtime'] | undefined;
  let clockStartMs = 0;
  let noRoom = createNoRoom();

  const sessions = () =>
    (current ??= open(mode).then((opened) => {
      clock = opened.runtime;
      clockStartMs = clock.spentMs;
      return opened;
    }));

  const spentMs = () => earlierMs + (clock ? clock.spentMs - clockStartMs : 0);

  const release = async () => {
    const old = current;
    earlierMs = spentMs();
    current = clock = undefined;
    await (await old)?.release();
  };

  const goTo = async (next: Mode) => {
    // What fails to let go of a failed backend is gone with it.
    await release().catch(() => undefined);
    noRoom = createNoRoom();
    mode = next;
  };

  /** Single precision is another thing to try only where half precision was used. */
  const next = async (): Promise<Mode | null> => {
    const usesFloat16 = (await current?.catch(() => undefined))?.usesFloat16 ?? false;
    const safer = saferMode[mode];
    return safer === 'webgpu-float32' && !usesFloat16 ? saferMode[safer] : safer;
  };

  const fallBack = async (error: unknown, job: Job) => {
    if (isAbort(error) || backendOf(mode) !== 'webgpu') throw error;
    if (!(error instanceof AppError) || !backendFailures.includes(error.code)) throw error;
    if (error.code === 'session-failed' && (await next()) === 'webgpu-float32') {
      await goTo('webgpu-float32');
      job.tell({ phase: 'notice', notice: { kind: 'single-precision', reason: error.message } });
      return;
    }
    await goTo('wasm');
    onFailure('webgpu');
    const notice = { kind: 'backend-fallback', from: 'webgpu', to: 'wasm', code: error.code } as const;
    job.tell({ phase: 'notice', notice });
  };

  const attempt = async <T>(job: Job, work: (sessions: Sessions) => Promise<T>): Promise<T> => {
    try {
      return await work(await sessions());
    } catch (error) {
      await fallBack(error, job);
      return attempt(job, work);
    }
  };

  return {
    get backend() {
      return backendOf(mode);
    },
    get spentMs() {
      return spentMs();
    },
    use: async (need, job, work, withoutMemory) => {
      if (withoutMemory && noRoom.isFor(need)) return withoutMemory();
      return attempt(job, (opened) =>
        opened.use(need, job, work).catch((error: unknown) => {
          if (!withoutMemory || !isOutOfMemory(error)) throw error;
          noRoom.note(need);
          return withoutMemory();
        }),
      );
    },
    withGraph: (need, job, work) => attempt(job, (opened) => opened.withGraph(need, job, work)),
    largestTensorBytes: (job) => attempt(job, ({ runtime }) => Promise.resolve(runtime.largestTensorBytes)),
    warmUp: (needs, job) => {
      const fitting = needs.filter((need) => !noRoom.isFor(need));
      return attempt(job, (opened) => opened.warmUp(fitting, job));
    },
    beSafer: async (job, reason) => {
      const safer = await next();
      if (!safer) return false;
      await goTo(safer);
      job.tell({ phase: 'notice', notice: { kind: 'safer-mode', reason } });
      return true;
    },
    release,
  };
}

/** What was done in another way for want of memory, so that it, and anything larger, need not be tried again. */
function createNoRoom() {
  const from = new Map<ModelComponent, number>();
  const areaOf = ({ shape }: SessionNeed) => shape.height * shape.width;
  return {
    isFor: (need: SessionNeed) => areaOf(need) >= (from.get(need.component) ?? Infinity),
    note: (need: SessionNeed) => void from.set(need.component, areaOf(need)),
  };
}
