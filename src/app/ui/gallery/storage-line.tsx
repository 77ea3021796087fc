import { TriangleAlert } from 'lucide-react';
import { isStorageShort } from '../../storage/usage.ts';
import { formatBytes } from '../format.ts';
import { useGalleryState } from '../../state/gallery-hooks.tsx';

/** How much there is, what it takes, and a warning while there is still something to be done. */
export function StorageLine({ visibleCount }: { visibleCount: number }) {
  const works = useGalleryState((state) => state.works);
  const usage = useGalleryState((state) => state.usage);
  const transfer = useGalleryState((state) => state.transfer);
  const takenBytes = works.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const count = visibleCount === works.length ? `${works.length}` : `${visibleCount} of ${works.length}`;
  const short = usage !== null && isStorageShort(usage);
  return (
    <div className="storage-line">
      <p role="status">
        {transfer
          ? transferWords(transfer)
          : works.length > 0 &&
            `${count} ${works.length === 1 ? 'work' : 'works'}, ${formatBytes(takenBytes)}`}
        {!transfer && usage ? freeWords(usage) : null}
      </p>
      {short ? (
        <p className="storage-short">
          <TriangleAlert size={16} aria-hidden />
          Storage is running short. Export works and delete some, or remove models, before it is full.
        </p>
      ) : null}
    </div>
  );
}

const freeWords = ({ usedBytes, quotaBytes }: { usedBytes: number; quotaBytes: number }) =>
  ` · ${formatBytes(Math.max(0, quotaBytes - usedBytes))} free`;

function transferWords({
  kind,
  doneWorks,
  totalWorks,
}: {
  kind: 'export' | 'import';
  doneWorks: number;
  totalWorks: number | null;
}): string {
  const verb = kind === 'export' ? 'Exporting' : 'Importing';
  return totalWorks === null ? `${verb} …` : `${verb}: ${doneWorks} of ${totalWorks}`;
}
