import { createGallery, type Gallery } from './gallery.ts';
import { openStore } from '../../../engine/idb.ts';
import { channels, databases } from '../../../engine/stored-names.ts';
import { makeThumbnail } from './thumbnail.ts';

/** The gallery in this browser. One for each page: it listens to the other tabs as long as the page lives. */
export function openGallery(): Gallery {
  const gallery = createGallery({
    store: openStore(databases.gallery),
    makeThumbnail,
    nowMs: () => Date.now(),
    random: () => Math.random(),
    channel: new BroadcastChannel(channels.gallery),
  });
  gallery.sweep().catch(() => undefined /* Next time: the works in the bin are not shown anyway. */);
  return gallery;
}
