import { limits } from '../../../domain/limits.ts';
import { useWords } from '../../words/words-context.tsx';
import type { SpeedTimes } from '../timings.ts';
import styles from './speed-choice.module.css';

/** Where an exact picture takes long on this device: how long, and how long a fast one. */
export function SpeedOffer({ times, onFast }: { times: SpeedTimes | null; onFast: () => void }) {
  const { common, format } = useWords();
  if (!times || times.exactSec <= limits.longPictureSec) return null;
  return (
    <div className={styles.offer} role="status">
      <span>
        {common.speedOffer(format.wholeSeconds(times.exactSec), format.wholeSeconds(times.fastSec))}
      </span>
      <button type="button" className="button small soft" onClick={onFast}>
        {common.useFast}
      </button>
    </div>
  );
}
