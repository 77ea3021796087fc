/** One tab at a time holds a large model: two would take twice the memory, and phones end both. */
import { abortError } from '../../engine/rpc.ts';

export interface ModelHold {
  /** Resolves once this tab may load a large model. `onElsewhere` is told when another tab has one. Rejects with an `AbortError`. */
  acquire(signal: AbortSignal, onElsewhere: () => void): Promise<void>;
  /** Lets other tabs have it. */
  release(): void;
  /** Asks the tab that has it to let go. */
  takeOver(): void;
}

export interface HoldDeps {
  /** Undefined over plain http; then nobody knows of the others. */
  readonly locks: Pick<LockManager, 'request'> | undefined;
  readonly channel: Pick<BroadcastChannel, 'postMessage' | 'addEventListener'>;
  /** Another tab wants it: let go of the model, then call `release`. */
  readonly onAsked: () => void;
}

const lockName = 'zoetrope-loaded-model';
const message = 'let go of the model';

export function createModelHold({ locks, channel, onAsked }: HoldDeps): ModelHold {
  let letGo: (() => void) | null = null;

  channel.addEventListener('message', ({ data }) => {
    if (data === message && letGo) onAsked();
  });

  /** Resolves to false when the lock was taken and `ifAvailable` said not to wait. */
  const take = (lock: LockManager['request'], options: LockOptions): Promise<boolean> =>
    new Promise((resolve, reject) => {
      lock(lockName, options, (got) => {
        if (!got) {
          resolve(false);
          return undefined;
        }
        resolve(true);
        return new Promise<void>((end) => (letGo = end));
      }).catch(reject);
    });

  return {
    acquire: async (signal, onElsewhere) => {
      if (!locks || letGo) return;
      const request = locks.request.bind(locks) as LockManager['request'];
      if (await take(request, { ifAvailable: true })) return;
      onElsewhere();
      await take(request, { signal }).catch((error: unknown) => {
        throw signal.aborted ? abortError() : error;
      });
    },
    release: () => {
      letGo?.();
      letGo = null;
    },
    takeOver: () => channel.postMessage(message),
  };
}
