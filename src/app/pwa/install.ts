/** Installing: the browser offers it, we keep the offer, and hint at it once, when the person has seen what the app can do. */

import { localKeys } from '../../engine/stored-names.ts';

interface InstallOffer extends Event {
  prompt(): Promise<{ readonly outcome: 'accepted' | 'dismissed' }>;
}

export interface Installation {
  /** Whether `install` would do anything now. */
  possible(): boolean;
  subscribe(listener: () => void): () => void;
  install(): Promise<void>;
  /** True once in a lifetime: when it is possible and enough pictures were made. Counts as shown from then on. */
  takeHint(pictureCount: number): boolean;
}

const picturesBeforeHint = 3;

export function watchInstallation(
  scope: Pick<Window, 'addEventListener'>,
  storage: Pick<Storage, 'getItem' | 'setItem'>,
): Installation {
  const listeners = new Set<() => void>();
  let offer: InstallOffer | null = null;
  const keep = (next: InstallOffer | null) => {
    offer = next;
    listeners.forEach((listener) => listener());
  };
  scope.addEventListener('beforeinstallprompt', (event) => {
    event.preventDefault();
    keep(event as InstallOffer);
  });
  scope.addEventListener('appinstalled', () => keep(null));

  return {
    possible: () => offer !== null,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    install: async () => {
      const current = offer;
      keep(null); // An offer can be used only once.
      await current?.prompt();
    },
    takeHint: (pictureCount) => {
      if (
        offer === null ||
        pictureCount < picturesBeforeHint ||
        storage.getItem(localKeys.installHint) !== null
      )
        return false;
      storage.setItem(localKeys.installHint, 'shown');
      return true;
    },
  };
}
