import { lockNames } from '../../../engine/stored-names.ts';

/** Which page a job of the queue belongs to, and whether that page still lives. */
export interface QueueOwner {
  readonly me: string;
  /** Resolves once other pages can see that this one lives. */
  readonly known: () => Promise<void>;
  /** Resolves when that page is gone. */
  readonly gone: (owner: string) => Promise<void>;
}

/** Without locks (plain http) nobody can tell: other pages are taken for gone. */
export function createQueueOwner(me: string, locks: Pick<LockManager, 'request'> | undefined): QueueOwner {
  let known: Promise<void> | undefined;
  const live = (manager: Pick<LockManager, 'request'>) =>
    new Promise<void>((resolve) => {
      void manager.request(lockNames.queueOwner(me), () => {
        resolve();
        return new Promise<never>(() => undefined); // As long as the page lives.
      });
    });
  return {
    me,
    known: () => (known ??= locks ? live(locks) : Promise.resolve()),
    gone: async (owner) => {
      await locks?.request(lockNames.queueOwner(owner), { mode: 'shared' }, () => undefined);
    },
  };
}
