/** What speaks to one kind of machine. Each adapter is one file in `adapters/`, fetched when a machine of its kind is first asked for something. */
import type { MachineTrouble } from '../../domain/machine.ts';
import type {
  MachineAddress,
  MachineCapabilities,
  MachineDraw,
  MachineEvent,
  MachinePicture,
  MachineQuote,
} from '../../engine/machine-protocol.ts';

/** What every adapter shares, whichever machine it speaks to. */
export interface AdapterDeps {
  readonly fetch: typeof fetch;
  /** Milliseconds that never run backwards. */
  readonly now: () => number;
  /** Resolves so many milliseconds later; rejects with an `AbortError` at once when `signal` aborts. */
  readonly pause: (forMs: number, signal: AbortSignal) => Promise<void>;
  /** Aborts so many milliseconds later. */
  readonly limit: (forMs: number) => AbortSignal;
  /** Why there was no answer from there, as far as a browser lets us find out. */
  readonly whyUnreachable: (address: string) => Promise<NonNullable<MachineTrouble['why']>>;
  /** `Zoetrope` and its version. */
  readonly appName: string;
}

/** An adapter has no other way to the world. */
export interface AdapterTools extends AdapterDeps {
  readonly machine: MachineAddress;
  readonly signal: AbortSignal;
}

export interface DrawTools extends AdapterTools {
  readonly onEvent: (event: MachineEvent) => void;
}

/** As `MachineCalls`. */
export interface Adapter {
  readonly capabilities: (tools: AdapterTools) => Promise<MachineCapabilities>;
  /** Left out where pictures cost nothing. */
  readonly quote?: (draw: MachineDraw, tools: AdapterTools) => Promise<MachineQuote>;
  readonly draw: (draw: MachineDraw, tools: DrawTools) => Promise<MachinePicture>;
}
