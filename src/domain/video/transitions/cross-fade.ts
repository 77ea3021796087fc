import { look, type LookAt } from './look.ts';

export const crossFade: LookAt = (alpha) => look({}, { opacity: alpha });
