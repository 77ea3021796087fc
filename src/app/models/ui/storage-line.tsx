import { useModelsState } from '../models-hooks.tsx';
import { Meter } from './meter.tsx';
import { useWords } from '../../words/words-context.tsx';
import styles from './storage-line.module.css';

/** What this site takes of what the browser allows it, and whether it may be cleared. */
export function StorageLine() {
  const { models } = useWords();
  const storage = useModelsState((state) => state.library.storage);
  const persisted = useModelsState((state) => state.persisted);
  if (!storage) return null;
  const { usageBytes, quotaBytes } = storage;
  const say = persisted === null ? models.used : persisted ? models.usedAndKept : models.usedAndMayGo;
  return (
    <div className={styles.storage}>
      <Meter label={models.storage} part={usageBytes} whole={quotaBytes} />
      <p className="hint">{say(usageBytes, Math.max(0, quotaBytes - usageBytes))}</p>
    </div>
  );
}
