/** Waiting for a machine: for its turn, for its work, and for it to come back. */
import { AppError } from '../../domain/errors.ts';
import type { MachineEvent } from '../../engine/machine-protocol.ts';
import type { AdapterTools, DrawTools } from './adapter.ts';
import { machineError } from './trouble.ts';

const maxTries = 5;
/** Whoever asks for more than that is told to come back. */
const maxWaitSec = 120;

/** Again, when the machine says how soon. Throws as `attempt`. */
export async function whenFree<T>(tools: DrawTools, attempt: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await attempt();
    } catch (error) {
      const waitSec = error instanceof AppError ? error.elsewhere?.retryAfterSec : undefined;
      const isBusy = error instanceof AppError && error.code === 'machine-busy';
      if (!isBusy || waitSec === undefined || waitSec > maxWaitSec || tries === maxTries) throw error;
      tools.onEvent({ phase: 'queued', place: null, leftMs: waitSec * 1000 });
      await tools.pause(Math.max(1, waitSec) * 1000, tools.signal);
    }
  }
}

/** What a look at a job found: its end, or how far it is. */
export type Seen<T> = { readonly end: T } | { readonly event: MachineEvent };

/** So long may nothing change. A queue that moves may take as long as it takes. */
const stillMs = 15 * 60_000;
const maxMisses = 3;

/**
 * Looks every `everyMs` until the end. Throws as `look`; a machine that is busy or does not answer is asked again before that counts, and one that
 * shows no change for a quarter of an hour has `timed-out`.
 */
export async function watch<T>(tools: DrawTools, everyMs: number, look: () => Promise<Seen<T>>): Promise<T> {
  let facts = '';
  let sinceMs = tools.now();
  for (let misses = 0; ;) {
    try {
      const seen = await look();
      misses = 0;
      if ('end' in seen) return seen.end;
      const found = JSON.stringify(seen.event);
      if (found !== facts) [facts, sinceMs] = [found, tools.now()];
      else if (tools.now() - sinceMs > stillMs) throw stuck(tools);
      tools.onEvent(seen.event);
    } catch (error) {
      if (!mayPass(error) || ++misses === maxMisses) throw error;
    }
    await tools.pause(everyMs, tools.signal);
  }
}

const mayPass = (error: unknown) =>
  error instanceof AppError && (error.code === 'machine-unreachable' || error.code === 'machine-busy');

const stuck = ({ machine }: AdapterTools) =>
  machineError(machine.kind, 'timed-out', 'The machine has shown no change for a quarter of an hour.');
