/** What the page and the service worker say to each other about files that are kept for use without a network. */

/** `shell`: without these the page does not open. `model`: the built-in one. `runtime`: large `.wasm` files, each for one purpose. */
export type BuildFileKind = 'shell' | 'model' | 'runtime';

/** A file of this build, and the key under which it lies in the cache. */
export interface BuildFile {
  readonly url: string;
  readonly key: string;
  readonly kind: BuildFileKind;
}

export interface BuildInventory {
  readonly cacheName: string;
  readonly files: readonly BuildFile[];
}

export type ToServiceWorker =
  /** Take over from the previous version, now. */
  | { readonly type: 'skip-waiting' }
  /** Answered through the port that comes along with a `BuildInventory`. */
  | { readonly type: 'inventory' }
  /** For a test: what is not in the cache fails, as without a network, until the time is over or it is allowed again. Answered when it is so. */
  | { readonly type: 'block-network'; readonly forMs: number }
  | { readonly type: 'allow-network' };

/** Where files that were shared to the app wait in the `inbox` cache until the page takes them. */
export const inboxPath = 'inbox/';
/** In the address of the page that is opened for them. */
export const inboxQuery = 'shared';
