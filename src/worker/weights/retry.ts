import type { AppError } from '../../domain/errors.ts';
import type { Clock } from './clock.ts';

/** Worth trying again; `final` is what to say when it has been tried often enough. */
export class Retry extends Error {
  readonly final: AppError;
  /** As the server asked for; null: our own pace. */
  readonly afterMs: number | null;

  constructor(final: AppError, afterMs: number | null = null) {
    super(final.message, { cause: final });
    this.final = final;
    this.afterMs = afterMs;
  }
}

export interface RetryOptions {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Tries, six unless told otherwise. */
  readonly tries?: number | undefined;
  /** Told before each wait. */
  readonly onWait?: ((waitMs: number, reason: AppError) => void) | undefined;
}

/** Six tries in half a minute, when none of them gets anywhere. */
const waitsMs = [1_000, 2_000, 4_000, 8_000, 16_000];
/** A server that asks for more patience than this is told as out of order. */
const longestWaitMs = 120_000;

/**
 * Calls `work` until it does not throw `Retry`. `progressed()` says whether anything was gained since it was last asked: a connection that
 * drops every minute is no reason to give up as long as bytes come.
 */
export async function withRetries<T>(
  work: () => Promise<T>,
  { clock, signal, onWait, tries = waitsMs.length + 1 }: RetryOptions,
  progressed: () => boolean = () => false,
): Promise<T> {
  for (let failures = 0; ; failures++) {
    signal.throwIfAborted();
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof Retry)) throw error;
      if (progressed()) failures = 0;
      const waitMs = error.afterMs ?? waitsMs[failures];
      if (failures + 1 >= tries || waitMs === undefined || waitMs > longestWaitMs) throw error.final;
      onWait?.(waitMs, error.final);
      await clock.sleep(waitMs, signal);
    }
  }
}
