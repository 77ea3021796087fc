/** Work that gives way: whatever is asked in earnest makes it end before its next step. */
import { abortError } from '../engine/rpc.ts';
import type { LoadEvent } from '../engine/protocol.ts';
import type { Job } from './runtime/job.ts';

export interface IdleTask {
  readonly job: Job;
  readonly mayGoOn: () => boolean;
  readonly end: () => void;
}

export interface IdleWork {
  /** The one before it gives way. `key` says for which model it works. */
  begin(key: string, outer: Job): IdleTask;
  /**
   * Something real is asked of the model of that key: of the same one, the step that is under way is needed anyway and tells `tell` how far
   * it is; work for another is broken off.
   */
  giveWay(key: string | null, tell?: (event: LoadEvent) => void): void;
}

interface Current {
  readonly key: string;
  readonly controller: AbortController;
  goOn: boolean;
  tell: (event: LoadEvent) => void;
}

export function createIdleWork(): IdleWork {
  let current: Current | null = null;

  const giveWay: IdleWork['giveWay'] = (key, tell = () => undefined) => {
    if (!current) return;
    current.goOn = false;
    current.tell = tell;
    if (current.key !== key) current.controller.abort(abortError());
  };

  return {
    giveWay,
    begin: (key, outer) => {
      giveWay(key);
      const mine: Current = { key, controller: new AbortController(), goOn: true, tell: outer.tell };
      current = mine;
      const signal = AbortSignal.any([outer.signal, mine.controller.signal]);
      return {
        job: { signal, tell: (event) => mine.tell(event) },
        mayGoOn: () => mine.goOn,
        end: () => {
          if (current === mine) current = null;
        },
      };
    },
  };
}
