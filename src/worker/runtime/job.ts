import type { LoadEvent } from '../../engine/protocol.ts';

/** What a piece of work may do besides its work: be told to stop, and tell how far it is. */
export interface Job {
  readonly signal: AbortSignal;
  readonly tell: (event: LoadEvent) => void;
}
