import { TriangleAlert } from 'lucide-react';
import type { Transfer } from '../gallery-state.ts';
import { isStorageShort } from '../../base/storage/usage.ts';
import { useGalleryState } from '../gallery-hooks.tsx';
import { useWords } from '../../words/words-context.tsx';
import type { Words } from '../../words/words.ts';
import styles from './gallery-storage.module.css';

/** How much there is, what it takes, and a warning while there is still something to be done. */
export function GalleryStorage({ visibleCount }: { visibleCount: number }) {
  const { gallery } = useWords();
  const works = useGalleryState((state) => state.works);
  const usage = useGalleryState((state) => state.usage);
  const transfer = useGalleryState((state) => state.transfer);
  const takenBytes = works.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const amount =
    visibleCount === works.length
      ? gallery.amount(works.length, takenBytes)
      : gallery.amountOf(visibleCount, works.length, takenBytes);
  const facts = [
    ...(works.length > 0 ? [amount] : []),
    ...(usage ? [gallery.free(Math.max(0, usage.quotaBytes - usage.usedBytes))] : []),
  ];
  const short = usage !== null && isStorageShort(usage);
  return (
    <div className={styles.storage}>
      <p role="status">{transfer ? transferWords(gallery, transfer) : facts.join(' · ')}</p>
      {short ? (
        <p className={styles.short}>
          <TriangleAlert size={16} aria-hidden />
          {gallery.short}
        </p>
      ) : null}
    </div>
  );
}

function transferWords(gallery: Words['gallery'], { kind, doneWorks, totalWorks }: Transfer): string {
  const verb = gallery.transfers[kind];
  return totalWorks === null ? gallery.transferBegun(verb) : gallery.transfer(verb, doneWorks, totalWorks);
}
