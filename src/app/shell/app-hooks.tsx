import { createContext, useContext, type ReactNode } from 'react';
import { useStore } from 'zustand';
import type { AppState } from './app-state.ts';
import type { AppActions, AppStore } from './app-store.ts';

const AppStoreContext = createContext<AppStore | null>(null);

export function AppStoreProvider({ app, children }: { app: AppStore; children: ReactNode }) {
  return <AppStoreContext value={app}>{children}</AppStoreContext>;
}

export function useApp(): AppStore {
  const app = useContext(AppStoreContext);
  if (!app) throw new Error('useApp outside of AppStoreProvider');
  return app;
}

/** Draws again when what `select` returns is another value. */
export function useAppState<T>(select: (state: AppState) => T): T {
  return useStore(useApp().store, select);
}

export const useActions = (): AppActions => useApp().actions;
