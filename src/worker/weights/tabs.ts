/** What the tabs of this origin tell each other about models, and how they keep out of each other's way. */

import { channels } from '../../engine/stored-names.ts';

export type TabMessage =
  | {
      readonly type: 'download';
      readonly key: string;
      readonly loadedBytes: number;
      readonly totalBytes: number;
    }
  /** Something was stored or deleted: lists are out of date. */
  | { readonly type: 'library-changed' };

export interface Tabs {
  /** Runs `work` when nothing else, here or in another tab, runs under this name. `onWait` is told once, if something does. */
  exclusively<T>(name: string, signal: AbortSignal, work: () => Promise<T>, onWait?: () => void): Promise<T>;
  announce(message: TabMessage): void;
  /** Returns what ends it. */
  listen(listener: (message: TabMessage) => void): () => void;
}

/** Over plain http there are no locks: then a second tab is on its own. */
export function browserTabs(
  locks: LockManager | undefined = (navigator as { locks?: LockManager }).locks,
): Tabs {
  const channel = new BroadcastChannel(channels.library);
  return {
    exclusively: async (name, signal, work, onWait) => {
      if (!locks) return work();
      const first = await locks.request(name, { ifAvailable: true }, async (lock) =>
        lock ? { done: await work() } : null,
      );
      if (first) return first.done;
      onWait?.();
      return locks.request(name, { signal }, work).catch((error: unknown): never => {
        throw signal.aborted ? signal.reason : error;
      });
    },
    announce: (message) => channel.postMessage(message),
    listen: (listener) => {
      const onMessage = ({ data }: MessageEvent) => listener(data as TabMessage);
      channel.addEventListener('message', onMessage);
      return () => channel.removeEventListener('message', onMessage);
    },
  };
}
