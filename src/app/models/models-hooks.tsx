import { createContext, use, useContext, type ReactNode } from 'react';
import { useStore } from '../base/store.ts';
import type { ModelsHost } from './start.ts';
import type { ModelsState } from './models-state.ts';
import type { ModelsActions, ModelsStore } from './models-store.ts';

const ModelsContext = createContext<ModelsHost | null>(null);

export function ModelsProvider({ models, children }: { models: ModelsHost; children: ReactNode }) {
  return <ModelsContext value={models}>{children}</ModelsContext>;
}

function useHost(): ModelsHost {
  const host = useContext(ModelsContext);
  if (!host) throw new Error('useHost outside of ModelsProvider');
  return host;
}

/** Null as long as nobody has opened the library. */
export function useOpenLibrary(): ModelsStore | null {
  return useStore(useHost().opened);
}

/** Opens the library; suspends until it is there. */
function useLibrary(): ModelsStore {
  return use(useHost().open());
}

export function useModelsState<T>(select: (state: ModelsState) => T): T {
  return useStore(useLibrary().store, select);
}

export const useModelsActions = (): ModelsActions => useLibrary().actions;
