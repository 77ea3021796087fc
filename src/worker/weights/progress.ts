import type { Clock } from './clock.ts';

export interface ByteProgress {
  readonly loadedBytes: number;
  readonly totalBytes: number;
}

/** Often enough to look alive, seldom enough not to be work. */
const intervalMs = 100;

/** Adds up files that grow side by side and tells the sum, ten times a second at most. `flush` tells the last word. */
export function progressSum(totalBytes: number, clock: Clock, tell: (progress: ByteProgress) => void) {
  const lengths = new Map<string, number>();
  let toldAtMs = Number.NEGATIVE_INFINITY;
  const flush = () => {
    toldAtMs = clock.now();
    tell({ loadedBytes: [...lengths.values()].reduce((sum, bytes) => sum + bytes, 0), totalBytes });
  };
  return {
    set: (path: string, lengthBytes: number) => {
      lengths.set(path, lengthBytes);
      if (clock.now() - toldAtMs >= intervalMs) flush();
    },
    flush,
  };
}

/** Runs `work` on every item, `limit` at a time. The first failure stops what has not begun and is thrown when all have ended. */
export async function inParallel<T>(
  items: readonly T[],
  limit: number,
  work: (item: T, signal: AbortSignal) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  const waiting = [...items];
  const stop = new AbortController();
  const both = AbortSignal.any([signal, stop.signal]);
  const failures: unknown[] = [];
  const runner = async () => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) {
      try {
        await work(item, both);
      } catch (error) {
        failures.push(error);
        waiting.length = 0;
        stop.abort(new DOMException('Another file failed.', 'AbortError'));
      }
    }
  };
  await Promise.all(Array.from({ length: limit }, runner));
  if (failures.length > 0) throw failures[0];
}
