import { machineCalls } from '../../elsewhere/machine-calls.ts';
import type { Machines } from '../../engine/machine-protocol.ts';
import type { TestTools } from './tools.ts';

/** The page's way to other machines, without a worker between. */
export function machinesOver(tools: TestTools): Machines {
  const calls = machineCalls(tools);
  return {
    call: (name, params, { signal, onEvent } = {}) =>
      (calls[name] as (given: unknown, call: object) => Promise<never>)(params, {
        signal: signal ?? tools.signal,
        emit: (event: never) => onEvent?.(event),
      }),
    terminate: () => undefined,
  };
}
