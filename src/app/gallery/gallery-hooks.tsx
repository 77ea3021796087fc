import { createContext, useContext } from 'react';
import { useStore } from '../base/store.ts';
import type { GalleryState } from './gallery-state.ts';
import type { GalleryStore } from './gallery-store.ts';
import type { Gallery } from './storage/gallery.ts';
import type { ThumbnailCache } from './storage/thumbnail-cache.ts';

export interface GalleryTools extends Pick<GalleryStore, 'store' | 'actions'> {
  readonly gallery: Gallery;
  readonly thumbnails: ThumbnailCache;
}

export const GalleryContext = createContext<GalleryTools | null>(null);

export function useGallery(): GalleryTools {
  const tools = useContext(GalleryContext);
  if (!tools) throw new Error('useGallery outside of the gallery screen');
  return tools;
}

export function useGalleryState<T>(select: (state: GalleryState) => T): T {
  return useStore(useGallery().store, select);
}
