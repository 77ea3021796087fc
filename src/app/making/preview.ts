import type { RgbaImage } from '../../domain/diffusion/image/image.ts';

/** The picture in the making goes past the store, which holds no pixels. */
export interface Preview {
  current(): RgbaImage | null;
  show(image: RgbaImage | null): void;
  /** Returns what ends the subscription. */
  subscribe(listener: () => void): () => void;
}

export function createPreview(): Preview {
  const listeners = new Set<() => void>();
  let current: RgbaImage | null = null;
  return {
    current: () => current,
    show: (image) => {
      current = image;
      for (const listener of listeners) listener();
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
