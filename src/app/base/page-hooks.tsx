/** The page's store and what can be done, for components. A room sees the part that its own `hooks.ts` names. */
import { createContext, useContext } from 'react';
import { useStore, type StoreApi } from './store.ts';

/** What all rooms are given; who puts it in proves that it has every part (`shell/app-hooks.tsx`). */
export const PageContext = createContext<unknown>(null);

interface Page {
  readonly store: { getState(): unknown };
  readonly actions: object;
}

/** Every part of the page's store is the store itself. */
type Readable<T> = Pick<StoreApi<T>, 'getState' | 'getInitialState' | 'subscribe'>;

type StateOf<P extends Page> = ReturnType<P['store']['getState']>;

export function pageHooks<P extends Page>() {
  const useApp = (): P => {
    const page = useContext(PageContext);
    if (!page) throw new Error('useApp outside of AppStoreProvider');
    return page as P;
  };
  /** Draws again when what `select` returns is another value. */
  const useAppState = <T,>(select: (state: StateOf<P>) => T): T =>
    useStore(useApp().store as unknown as Readable<StateOf<P>>, select);
  const useActions = (): P['actions'] => useApp().actions;
  return { useApp, useAppState, useActions };
}
