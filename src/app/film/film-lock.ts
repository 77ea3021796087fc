/** One tab at a time writes a film: two would write over each other's changes. */

import { lockNames } from '../../engine/stored-names.ts';

export interface FilmLock {
  /** Lets go of the film held before. Resolves to false where another tab has this one. */
  take(filmId: string): Promise<boolean>;
  /** Asks the tab that has it to let go, and takes it from one that does not answer. */
  takeOver(filmId: string): Promise<void>;
}

export interface FilmTabs {
  /** Undefined over plain http; then nobody knows of the others. */
  readonly locks: Pick<LockManager, 'request'> | undefined;
  readonly channel: Pick<BroadcastChannel, 'postMessage' | 'addEventListener'>;
  /** A tab that was asked has this long to answer, one that has just been left to be gone. */
  readonly patience: (kind: 'asked' | 'leaving') => AbortSignal;
}

export interface FilmLockDeps extends FilmTabs {
  /** Another tab wants the film: stop changing it and save what is not saved. It is let go afterwards. */
  readonly onAsked: () => Promise<void>;
  /** Another tab has it from now on. */
  readonly onLost: () => void;
}

export function createFilmLock({ locks, channel, patience, onAsked, onLost }: FilmLockDeps): FilmLock {
  let held: { readonly filmId: string; readonly letGo: () => void } | null = null;

  const release = () => {
    held?.letGo();
    held = null;
  };
  const giveAway = async (asked: typeof held) => {
    await onAsked();
    if (held !== asked) return;
    release();
    onLost();
  };
  channel.addEventListener('message', ({ data }: MessageEvent<{ wanted?: string }>) => {
    if (held && data.wanted === held.filmId) void giveAway(held);
  });

  /** Resolves to false when the lock is taken and `options` says not to wait. Rejects when the wait is over. */
  const request = (filmId: string, options: LockOptions): Promise<boolean> =>
    new Promise((resolve, reject) => {
      let mine: typeof held = null;
      const hold = (lock: Lock | null) => {
        resolve(lock !== null);
        return lock ? new Promise<void>((letGo) => (held = mine = { filmId, letGo })) : undefined;
      };
      const lost = (error: unknown) => {
        if (mine !== null && held === mine) {
          // Stolen: this tab was too slow to answer.
          held = null;
          onLost();
        }
        throw error;
      };
      locks!.request(lockNames.film(filmId), options, hold).catch(lost).catch(reject);
    });

  return {
    take: async (filmId) => {
      if (!locks || held?.filmId === filmId) return true;
      release();
      // A page that is being reloaded may not quite have let go.
      return request(filmId, { signal: patience('leaving') }).catch(() => false);
    },
    takeOver: async (filmId) => {
      if (!locks || held?.filmId === filmId) return;
      release();
      channel.postMessage({ wanted: filmId });
      await request(filmId, { signal: patience('asked') }).catch(() => request(filmId, { steal: true }));
    },
  };
}
