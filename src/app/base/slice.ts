/** The part of the page's store that a room may see and change. The whole store is one of these for each of its parts. */
export interface Slice<T> {
  getState(): T;
  setState(change: Partial<T> | ((state: T) => Partial<T>)): void;
  /** Calls `listener` after every change; returns what ends that. */
  subscribe(listener: (state: T, before: T) => void): () => void;
}
