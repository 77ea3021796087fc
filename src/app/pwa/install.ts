/** Installing: the browser offers it, we keep the offer, and hint at it once, when the person has seen what the app can do. */

import { localKeys } from '../../engine/stored-names.ts';
import { createStore } from '../base/store.ts';

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
  const { getState, setState, subscribe } = createStore<{ readonly offer: InstallOffer | null }>(() => ({
    offer: null,
  }));
  const keep = (offer: InstallOffer | null) => setState({ offer });
  scope.addEventListener('beforeinstallprompt', (event) => {
    event.preventDefault();
    keep(event as InstallOffer);
  });
  scope.addEventListener('appinstalled', () => keep(null));

  return {
    possible: () => getState().offer !== null,
    subscribe,
    install: async () => {
      const { offer } = getState();
      keep(null); // An offer can be used only once.
      await offer?.prompt();
    },
    takeHint: (pictureCount) => {
      if (
        getState().offer === null ||
        pictureCount < picturesBeforeHint ||
        storage.getItem(localKeys.installHint) !== null
      )
        return false;
      storage.setItem(localKeys.installHint, 'shown');
      return true;
    },
  };
}
