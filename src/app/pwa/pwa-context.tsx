import { createContext, useContext, useSyncExternalStore, type ReactNode } from 'react';
import type { Pwa, PwaState } from './pwa.ts';

const PwaContext = createContext<Pwa | null>(null);

export function PwaProvider({ pwa, children }: { pwa: Pwa; children: ReactNode }) {
  return <PwaContext value={pwa}>{children}</PwaContext>;
}

export function usePwa(): Pwa & { readonly now: PwaState } {
  const pwa = useContext(PwaContext);
  if (!pwa) throw new Error('usePwa outside of PwaProvider');
  const now = useSyncExternalStore(pwa.subscribe, pwa.state);
  return { ...pwa, now };
}
