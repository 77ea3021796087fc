import { TriangleAlert } from 'lucide-react';
import type { Transfer } from '../gallery-state.ts';
import { isStorageShort } from '../../base/storage/usage.ts';
import { formatBytes } from '../../base/format.ts';
import { useGalleryState } from '../gallery-hooks.tsx';

/** How much there is, what it takes, and a warning while there is still something to be done. */
export function StorageLine({ visibleCount }: { visibleCount: number }) {
  const works = useGalleryState((state) => state.works);
  const usage = useGalleryState((state) => state.usage);
  const transfer = useGalleryState((state) => state.transfer);
  const takenBytes = works.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const count = visibleCount === works.length ? `${works.length}` : `${visibleCount} of ${works.length}`;
  const facts = [
    ...(works.length > 0
      ? [`${count} ${works.length === 1 ? 'work' : 'works'}, ${formatBytes(takenBytes)}`]
      : []),
    ...(usage ? [`${formatBytes(Math.max(0, usage.quotaBytes - usage.usedBytes))} free`] : []),
  ];
  const short = usage !== null && isStorageShort(usage);
  return (
    <div className="storage-line">
      <p role="status">{transfer ? transferWords(transfer) : facts.join(' · ')}</p>
      {short ? (
        <p className="storage-short">
          <TriangleAlert size={16} aria-hidden />
          Storage is running short. Export works and delete some, or remove models, before it is full.
        </p>
      ) : null}
    </div>
  );
}

function transferWords({ kind, doneWorks, totalWorks }: Transfer): string {
  const verb = kind === 'export' ? 'Exporting' : 'Importing';
  return totalWorks === null ? `${verb} …` : `${verb}: ${doneWorks} of ${totalWorks}`;
}
