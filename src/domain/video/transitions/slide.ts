import { wholeRect } from '../motion.ts';
import { eased, look, type LookAt } from './look.ts';

/** The next scene pushes the one before out to the left. */
export const slide: LookAt = (alpha) => {
  const share = eased(alpha);
  return look(
    { target: { ...wholeRect, x: -share }, clip: { ...wholeRect, width: 1 - share } },
    { target: { ...wholeRect, x: 1 - share }, clip: { ...wholeRect, x: 1 - share, width: share } },
  );
};
