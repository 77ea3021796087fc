import type { RgbaImage } from '../../domain/diffusion/image/image.ts';
import { createStore } from '../base/store.ts';

/** The picture in the making goes past the store, which holds no pixels. */
export interface Preview {
  current(): RgbaImage | null;
  show(image: RgbaImage | null): void;
  /** Returns what ends the subscription. */
  subscribe(listener: () => void): () => void;
}

export function createPreview(): Preview {
  const { getState, setState, subscribe } = createStore<{ readonly image: RgbaImage | null }>(() => ({
    image: null,
  }));
  return { current: () => getState().image, show: (image) => setState({ image }), subscribe };
}
