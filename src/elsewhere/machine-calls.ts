/** Answers the page. */
import type { MachineCalls } from '../engine/machine-protocol.ts';
import type { CallHandlers } from '../engine/rpc.ts';
import type { AdapterDeps } from './asking/adapter.ts';
import { adapterFor } from './adapters.ts';
import { pair } from './pair.ts';

export function machineCalls(deps: AdapterDeps): CallHandlers<MachineCalls> {
  return {
    pair: ({ machine, code }, { signal }) => pair({ ...deps, machine, signal }, code),
    capabilities: async ({ machine }, { signal }) =>
      (await adapterFor(machine.kind)).capabilities({ ...deps, machine, signal }),
    quote: async ({ machine, draw }, { signal }) => {
      const adapter = await adapterFor(machine.kind);
      return (await adapter.quote?.(draw, { ...deps, machine, signal })) ?? null;
    },
    draw: async ({ machine, draw }, call) => {
      const adapter = await adapterFor(machine.kind);
      const { signal } = call;
      return adapter.draw(draw, { ...deps, machine, signal, onEvent: (event) => call.emit(event) });
    },
  };
}
