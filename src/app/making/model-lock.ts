/** One tab at a time holds a large model: two would take twice the memory, and phones end both. */
import { abortError } from '../../engine/rpc.ts';
import { lockNames } from '../../engine/stored-names.ts';

export interface ModelLock {
  /** Resolves once this tab may load a large model. `onElsewhere` is told when another tab has one. Rejects with an `AbortError`. */
  acquire(signal: AbortSignal, onElsewhere: () => void): Promise<void>;
  /** Lets other tabs have it. */
  release(): void;
  /** Asks the tab that has it to let go. */
  takeOver(): void;
}

export interface LockDeps {
  /** Undefined over plain http; then nobody knows of the others. */
  readonly locks: Pick<LockManager, 'request'> | undefined;
  readonly channel: Pick<BroadcastChannel, 'postMessage' | 'addEventListener'>;
  /** Another tab wants it: let go of the model, then call `release`. */
  readonly onAsked: () => void;
}

const message = 'let-go-of-the-model';

export function createModelLock({ locks, channel, onAsked }: LockDeps): ModelLock {
  let letGo: (() => void) | null = null;

  channel.addEventListener('message', ({ data }) => {
    if (data === message && letGo) onAsked();
  });

  /** Resolves to false when the lock is taken and `options` says not to wait. */
  const take = (options: LockOptions): Promise<boolean> =>
    new Promise((resolve, reject) => {
      const hold = (lock: Lock | null) => {
        resolve(lock !== null);
        return lock ? new Promise<void>((end) => (letGo = end)) : undefined;
      };
      locks!.request(lockNames.loadedModel, options, hold).catch(reject);
    });

  return {
    acquire: async (signal, onElsewhere) => {
      if (!locks || letGo) return;
      if (await take({ ifAvailable: true })) return;
      onElsewhere();
      await take({ signal }).catch((error: unknown) => {
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
