/** The dialogs that are open, the topmost last. While one is, nothing outside of it can be pressed, reached by Tab or heard. */
import { createStore, useStore } from './store.ts';

const openDialogs = createStore<readonly HTMLElement[]>(() => []);

/** Until what is returned is called, `dialog` counts as open. */
export function enterDialog(dialog: HTMLElement): () => void {
  openDialogs.setState((open) => [...open, dialog], true);
  return () => openDialogs.setState((open) => open.filter((other) => other !== dialog), true);
}

/** Where something must be drawn that can be reached whatever is open; null: anywhere. */
export const useTopDialog = (): HTMLElement | null => useStore(openDialogs, (open) => open.at(-1) ?? null);
