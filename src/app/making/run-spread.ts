/** Parts made by several machines at once, as `domain/spread` decides. Here are the promises, the clock and the ways to stop. */
import { AppError, isAbort } from '../../domain/errors.ts';
import {
  begun,
  beginSpread,
  failed,
  finished,
  isDone,
  isLost,
  nextBegin,
  wakeAtMs,
  type Begin,
  type Spread,
} from '../../domain/spread/spread.ts';
import { abortError } from '../../engine/rpc.ts';

export interface SpreadRun<R> {
  readonly partCount: number;
  /** The first is the one whose failure is told when all fail. */
  readonly machines: readonly { readonly id: string; readonly partMs: number | null }[];
  /** Rejects with an `AbortError` once the machine has stopped. */
  readonly make: (part: number, machine: string, signal: AbortSignal) => Promise<R>;
  /** Called once for each part, one after the other. */
  readonly onMade: (part: number, machine: string, result: R) => Promise<void> | void;
  /** After every change. */
  readonly onChange?: (spread: Spread) => void;
}

export interface SpreadClock {
  readonly now: () => number;
  readonly pause: (forMs: number) => Promise<void>;
}

type Ended<R> = Begin & ({ readonly result: R } | { readonly error: unknown });

/** Resolves when every part was made and all machines have stopped. Rejects with what the first machine said when nobody is left. */
export async function runSpread<R>(
  clock: SpreadClock,
  run: SpreadRun<R>,
  signal: AbortSignal,
): Promise<void> {
  let spread = beginSpread(run.partCount, run.machines);
  const ended: Ended<R>[] = [];
  const open = new Map<string, { readonly stop: AbortController; readonly stopped: Promise<void> }>();
  const errors = new Map<string, unknown>();
  let wake = () => undefined as void;
  const set = (next: Spread) => {
    spread = next;
    run.onChange?.(spread);
  };
  const start = (begin: Begin) => {
    const stop = new AbortController();
    // A machine that was given up may still be stopping.
    const before = open.get(begin.machine)?.stopped;
    const work = async () => {
      await before;
      stop.signal.throwIfAborted();
      return run.make(begin.part, begin.machine, stop.signal);
    };
    const stopped = work()
      .then(
        (result) => void ended.push({ ...begin, result }),
        (error: unknown) => void (stop.signal.aborted || ended.push({ ...begin, error })),
      )
      .finally(() => wake());
    open.set(begin.machine, { stop, stopped });
    set(begun(spread, begin, clock.now()));
  };
  const settle = async (end: Ended<R>) => {
    if ('error' in end) {
      errors.set(end.machine, end.error);
      return set(failed(spread, end, clock.now(), howLong(end.error)));
    }
    const { spread: next, first, giveUp } = finished(spread, end, clock.now());
    for (const machine of giveUp) open.get(machine)?.stop.abort(abortError());
    set(next);
    if (first) await run.onMade(end.part, end.machine, end.result);
  };
  const stopAll = () => {
    for (const { stop } of open.values()) stop.abort(abortError());
    wake();
  };
  signal.addEventListener('abort', stopAll);
  try {
    while (!isDone(spread)) {
      signal.throwIfAborted();
      for (let next = nextBegin(spread, clock.now()); next; next = nextBegin(spread, clock.now()))
        start(next);
      if (isLost(spread)) throw firstError(run.machines, errors);
      if (ended.length === 0) {
        const atMs = wakeAtMs(spread, clock.now());
        await new Promise<void>((resolve) => {
          wake = resolve;
          if (atMs !== null) void clock.pause(Math.max(0, atMs - clock.now())).then(resolve);
        });
      }
      for (let end = ended.shift(); end; end = ended.shift()) await settle(end);
    }
  } finally {
    signal.removeEventListener('abort', stopAll);
    stopAll();
    await Promise.all([...open.values()].map(({ stopped }) => stopped));
  }
}

/** What asking the same machine again is of no use for. */
const fatal = ['bad-input', 'machine-refused', 'machine-unknown', 'model-incomplete', 'model-unsupported'];

function howLong(error: unknown): Parameters<typeof failed>[3] {
  if (!(error instanceof AppError)) return {};
  const sec = error.elsewhere?.retryAfterSec;
  return { fatal: fatal.includes(error.code), ...(sec !== undefined && { restMs: sec * 1000 }) };
}

function firstError(machines: SpreadRun<unknown>['machines'], errors: ReadonlyMap<string, unknown>): unknown {
  const told = machines
    .map(({ id }) => errors.get(id))
    .find((error) => error !== undefined && !isAbort(error));
  return told ?? new AppError('internal', 'No machine is left to draw.');
}
