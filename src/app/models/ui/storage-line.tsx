import { useModelsState } from '../models-hooks.tsx';
import { formatBytes } from '../../base/format.ts';
import { Meter } from './meter.tsx';

/** What this site takes of what the browser allows it, and whether it may be cleared. */
export function StorageLine() {
  const storage = useModelsState((state) => state.library.storage);
  const persisted = useModelsState((state) => state.persisted);
  if (!storage) return null;
  const { usageBytes, quotaBytes } = storage;
  return (
    <div className="model-storage">
      <Meter label="Storage" part={usageBytes} whole={quotaBytes} />
      <p className="hint">
        {formatBytes(usageBytes)} used, {formatBytes(Math.max(0, quotaBytes - usageBytes))} free for this site
        {persisted === null
          ? '.'
          : persisted
            ? '; the browser keeps it.'
            : '; the browser may clear it when the disk gets full.'}
      </p>
    </div>
  );
}
