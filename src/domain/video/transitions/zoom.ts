import type { Rect } from '../motion.ts';
import { eased, look, type LookAt } from './look.ts';

/** Both scenes are approached, while the next one fades in and comes to rest. */
export const zoom: LookAt = (alpha) => {
  const share = eased(alpha);
  return look({ target: enlarged(1 + share / 2) }, { target: enlarged(1.5 - share / 2), opacity: share });
};

const enlarged = (scale: number): Rect => ({
  x: (1 - scale) / 2,
  y: (1 - scale) / 2,
  width: scale,
  height: scale,
});
