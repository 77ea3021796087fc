/** The one door to zustand: stores, which need no page, and the hook that draws from them. */
export { useStore } from 'zustand';
export { createStore, type StoreApi } from 'zustand/vanilla';
