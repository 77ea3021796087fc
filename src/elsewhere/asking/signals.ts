import { abortError } from '../../engine/rpc.ts';

/** Aborts with the first of them. `AbortSignal.any`, which browsers of early 2024 lack; `drop` lets go of them. */
export function anyOf(...signals: readonly AbortSignal[]): { signal: AbortSignal; drop: () => void } {
  const controller = new AbortController();
  const abort = () => controller.abort();
  for (const signal of signals) {
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
  }
  const drop = () => signals.forEach((signal) => signal.removeEventListener('abort', abort));
  return { signal: controller.signal, drop };
}

export const neverAborts = (): AbortSignal => new AbortController().signal;

/**
 * Settles as `work` does. When `signal` aborts first, or `work` fails, the machine is told to stop; only then does this reject. What goes wrong in
 * telling it changes nothing: there is nobody left to be told.
 */
export async function stoppable<T>(
  work: Promise<T>,
  signal: AbortSignal,
  stop: () => Promise<unknown>,
): Promise<T> {
  let cancel: () => void = () => undefined;
  const cancelled = new Promise<never>((_, reject) => {
    cancel = () => reject(abortError());
    if (signal.aborted) cancel();
    signal.addEventListener('abort', cancel, { once: true });
  });
  try {
    return await Promise.race([work, cancelled]);
  } catch (error) {
    work.catch(() => undefined);
    await stop().catch(() => undefined);
    throw error;
  } finally {
    signal.removeEventListener('abort', cancel);
  }
}
