/** What speaks to one kind of machine. Each adapter is one file in `adapters/`, fetched when a machine of its kind is first asked for something. */
import type {
  MachineAddress,
  MachineCapabilities,
  MachineDraw,
  MachineEvent,
  MachinePicture,
  MachineQuote,
} from '../engine/machine-protocol.ts';

/** What an adapter is handed: it has no other way to the world. */
export interface AdapterTools {
  readonly machine: MachineAddress;
  readonly fetch: typeof fetch;
  /** Milliseconds that never run backwards. */
  readonly now: () => number;
  /** Resolves so many milliseconds later; rejects with an `AbortError` at once when `signal` aborts. */
  readonly pause: (forMs: number, signal: AbortSignal) => Promise<void>;
  readonly signal: AbortSignal;
}

export interface DrawTools extends AdapterTools {
  readonly onEvent: (event: MachineEvent) => void;
}

/** As `MachineCalls`. */
export interface Adapter {
  capabilities(tools: AdapterTools): Promise<MachineCapabilities>;
  /** Left out where pictures cost nothing. */
  quote?(draw: MachineDraw, tools: AdapterTools): Promise<MachineQuote>;
  draw(draw: MachineDraw, tools: DrawTools): Promise<MachinePicture>;
}
