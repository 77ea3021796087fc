import { wholeRect } from '../motion.ts';
import { eased, look, type LookAt } from './look.ts';

/** The next scene is uncovered from the left. */
export const wipe: LookAt = (alpha) => look({}, { clip: { ...wholeRect, width: eased(alpha) } });
