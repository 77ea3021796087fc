import { useSyncExternalStore } from 'react';
import { screenFromHash, type Screen } from './screens.ts';

function subscribe(listener: () => void): () => void {
  window.addEventListener('hashchange', listener);
  return () => window.removeEventListener('hashchange', listener);
}

/** The screen that the address names. */
export const useScreen = (): Screen => useSyncExternalStore(subscribe, () => screenFromHash(location.hash));
