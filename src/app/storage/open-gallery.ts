import { createGallery, type Gallery } from './gallery.ts';
import { openStore } from './idb.ts';
import { makeThumbnail } from './thumbnail.ts';

/** The gallery in this browser. One for each page: it listens to the other tabs as long as the page lives. */
export function openGallery(): Gallery {
  return createGallery({
    store: openStore('gallery'),
    makeThumbnail,
    nowMs: () => Date.now(),
    random: () => Math.random(),
    channel: new BroadcastChannel('zoetrope-gallery'),
  });
}
