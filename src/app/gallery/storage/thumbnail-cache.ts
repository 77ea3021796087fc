import type { Gallery } from './gallery.ts';

/** Thumbnails as object URLs. Those asked for at the same time are read together; the longest unused are let go. */
export interface ThumbnailCache {
  /** Undefined when it has to be loaded first, null when there is none. */
  peek(id: string): string | null | undefined;
  load(id: string): Promise<string | null>;
  /** Lets go of all. */
  clear(): void;
}

const maxUrls = 600;

export function createThumbnailCache(
  gallery: Pick<Gallery, 'thumbnails'>,
  urls: { create(file: Blob): string; revoke(url: string): void },
): ThumbnailCache {
  const known = new Map<string, string | null>();
  const waiting = new Map<string, ((url: string | null) => void)[]>();

  const keep = (id: string, url: string | null) => {
    known.delete(id);
    known.set(id, url);
    for (const [oldest, old] of known) {
      if (known.size <= maxUrls) break;
      known.delete(oldest);
      if (old !== null) urls.revoke(old);
    }
  };
  const readWaiting = async () => {
    const batch = [...waiting];
    waiting.clear();
    const files = await gallery.thumbnails(batch.map(([id]) => id)).catch(() => batch.map(() => null));
    batch.forEach(([id, resolvers], index) => {
      const file = files[index];
      const url = file ? urls.create(file) : null;
      keep(id, url);
      resolvers.forEach((resolve) => resolve(url));
    });
  };

  return {
    peek: (id) => known.get(id),
    load: (id) =>
      new Promise((resolve) => {
        const url = known.get(id);
        if (url !== undefined) return resolve(url);
        if (waiting.size === 0) queueMicrotask(() => void readWaiting());
        waiting.set(id, [...(waiting.get(id) ?? []), resolve]);
      }),
    clear: () => {
      for (const url of known.values()) if (url !== null) urls.revoke(url);
      known.clear();
    },
  };
}
