/** What adapters are handed in tests: waiting takes no time, and what may not take too long is ended by the test. */
import { abortError } from '../../engine/rpc.ts';
import type { MachineAddress, MachineEvent } from '../../engine/machine-protocol.ts';
import type { DrawTools } from '../../elsewhere/asking/adapter.ts';

export interface TestTools extends DrawTools {
  readonly events: readonly MachineEvent[];
  /** Everything that has a limit has reached it. */
  readonly expire: () => void;
  readonly cancel: () => void;
}

/** `hurry`: how much faster the clock goes than what was asked to wait for. */
export function testTools(machine: MachineAddress, { hurry = 1 } = {}): TestTools {
  const events: MachineEvent[] = [];
  const limits = new Set<AbortController>();
  const person = new AbortController();
  let nowMs = 0;
  return {
    machine,
    fetch: (...given) => fetch(...given),
    now: () => nowMs,
    pause: (forMs, signal) =>
      new Promise((resolve, reject) => {
        if (signal.aborted) return reject(abortError());
        nowMs += forMs * hurry;
        // Requests and answers go on meanwhile.
        setImmediate(() => (signal.aborted ? reject(abortError()) : resolve()));
      }),
    limit: () => {
      const controller = new AbortController();
      limits.add(controller);
      return controller.signal;
    },
    whyUnreachable: () => Promise.resolve('gone'),
    appName: 'Zoetrope 0.2.0',
    signal: person.signal,
    onEvent: (event) => void events.push(event),
    events,
    expire: () => limits.forEach((controller) => controller.abort()),
    cancel: () => person.abort(),
  };
}
