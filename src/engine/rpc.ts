/**
 * Calls between threads: one request, any number of events, exactly one terminal answer. `client` is the caller's end, `serve` the
 * worker's. Both are generic over a table of calls, so that the engine and the video worker speak the same way.
 */
import { AppError, fromPlainError, isAbort, toPlainError, type PlainError } from '../domain/errors.ts';

/** A table of calls: name → what goes in, what is told on the way, what comes out. */
export type CallTable<C> = { [N in keyof C]: { params: unknown; event: unknown; result: unknown } };

export type ToWorker =
  { type: 'call'; id: number; name: string; params: unknown } | { type: 'cancel'; id: number };

export type FromWorker =
  | { type: 'event'; id: number; event: unknown }
  | { type: 'result'; id: number; result: unknown }
  | { type: 'cancelled'; id: number }
  | { type: 'error'; id: number; error: PlainError };

export interface CallOptions<E> {
  readonly signal?: AbortSignal | undefined;
  readonly onEvent?: ((event: E) => void) | undefined;
  readonly transfer?: Transferable[] | undefined;
}

export interface RpcClient<C extends CallTable<C>> {
  /**
   * Rejects with `AppError`, or with an `AbortError` after `signal` aborted *and the worker has stopped*. Once the worker has crashed,
   * every open and later call rejects with `worker-crashed`.
   */
  call<N extends keyof C & string>(
    name: N,
    params: C[N]['params'],
    options?: CallOptions<C[N]['event']>,
  ): Promise<C[N]['result']>;
  /** Ends the worker at once; open calls reject with `worker-crashed`. */
  terminate(): void;
}

/** The part of `Worker` that the client needs. */
export interface WorkerLike {
  postMessage(message: ToWorker, transfer: Transferable[]): void;
  terminate(): void;
  addEventListener(
    type: 'message' | 'error' | 'messageerror',
    listener: (event: { data?: unknown; message?: string }) => void,
  ): void;
}

interface OpenCall {
  resolve(result: unknown): void;
  reject(error: unknown): void;
  onEvent: ((event: never) => void) | undefined;
}

export function rpcClient<C extends CallTable<C>>(
  worker: WorkerLike,
  onCrash: (error: AppError) => void = () => undefined,
): RpcClient<C> {
  const open = new Map<number, OpenCall>();
  let lastId = 0;
  let crash: AppError | undefined;

  const fail = (message: string) => {
    if (crash) return;
    crash = new AppError('worker-crashed', message);
    for (const call of open.values()) call.reject(crash);
    open.clear();
    worker.terminate();
    onCrash(crash);
  };
  worker.addEventListener('error', (event) => fail(event.message ?? 'the worker could not be started'));
  worker.addEventListener('messageerror', () => fail('a message from the worker could not be read'));
  worker.addEventListener('message', ({ data }) => settle(open, data as FromWorker));

  return {
    call: (name, params, { signal, onEvent, transfer = [] } = {}) => {
      if (crash) return Promise.reject(crash);
      if (signal?.aborted) return Promise.reject(abortError());
      const id = ++lastId;
      const cancel = () => worker.postMessage({ type: 'cancel', id }, []);
      signal?.addEventListener('abort', cancel, { once: true });
      return new Promise((resolve, reject) => {
        open.set(id, { resolve, reject, onEvent });
        worker.postMessage({ type: 'call', id, name, params }, transfer);
      }).finally(() => {
        // A signal may live longer than its call, and what could not be sent is not open.
        signal?.removeEventListener('abort', cancel);
        open.delete(id);
      });
    },
    terminate: () => fail('the worker was stopped'),
  };
}

function settle(open: Map<number, OpenCall>, answer: FromWorker): void {
  const call = open.get(answer.id);
  if (!call) return;
  if (answer.type === 'event') return call.onEvent?.(answer.event as never);
  open.delete(answer.id);
  if (answer.type === 'result') call.resolve(answer.result);
  else call.reject(answer.type === 'cancelled' ? abortError() : fromPlainError(answer.error));
}

export interface CallContext<E> {
  /** Aborts when the caller cancels. Read it after a `yieldToEvents()`, or the message has not arrived. */
  readonly signal: AbortSignal;
  emit(event: E, transfer?: Transferable[]): void;
}

export type CallHandlers<C extends CallTable<C>> = {
  [N in keyof C]: (params: C[N]['params'], context: CallContext<C[N]['event']>) => Promise<C[N]['result']>;
};

/** The part of a worker's global scope that `serve` needs. */
export interface ScopeLike {
  postMessage(message: FromWorker, transfer: Transferable[]): void;
  addEventListener(type: 'message', listener: (event: { data: unknown }) => void): void;
}

/** Answers calls with `handlers`. */
export function serve<C extends CallTable<C>>(scope: ScopeLike, handlers: CallHandlers<C>): void {
  const running = new Map<number, AbortController>();

  const run = async (id: number, name: keyof C, params: never) => {
    const controller = new AbortController();
    running.set(id, controller);
    try {
      const emit = (event: unknown, transfer: Transferable[] = []) =>
        scope.postMessage({ type: 'event', id, event }, transfer);
      const handler = handlers[name];
      const result = await handler(params, { signal: controller.signal, emit });
      scope.postMessage({ type: 'result', id, result }, []);
    } catch (error) {
      scope.postMessage(
        isAbort(error) ? { type: 'cancelled', id } : { type: 'error', id, error: toPlainError(error) },
        [],
      );
    } finally {
      running.delete(id);
    }
  };

  scope.addEventListener('message', ({ data }) => {
    const message = data as ToWorker;
    if (message.type === 'cancel') running.get(message.id)?.abort(abortError());
    else void run(message.id, message.name as keyof C, message.params as never);
  });
}

/** Lets messages (a cancel, above all) reach this thread: a macrotask, unlike `await`. */
export function yieldToEvents(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}

export const abortError = () => new DOMException('The operation was cancelled.', 'AbortError');
