import { SpeedChoice } from '../../making/ui/speed-choice.tsx';
import { SpeedOffer } from '../../making/ui/speed-offer.tsx';
import { draftTimes } from '../draft-times.ts';
import { useActions, useAppState } from '../hooks.ts';

/** How carefully the next picture is made. */
export function SpeedField() {
  const { edit } = useActions();
  const speed = useAppState((state) => state.draft.speed);
  const exactSec = useAppState((state) => draftTimes(state)?.exactSec ?? null);
  const fastSec = useAppState((state) => draftTimes(state)?.fastSec ?? null);
  const times = exactSec === null || fastSec === null ? null : { exactSec, fastSec };
  return (
    <SpeedChoice value={speed} onValue={(value) => edit({ speed: value })}>
      {speed === 'exact' ? <SpeedOffer times={times} onFast={() => edit({ speed: 'fast' })} /> : null}
    </SpeedChoice>
  );
}
