import { look, type LookAt } from './look.ts';

/** A cut. It has no frames of its own; asked all the same, it cuts in the middle. */
export const none: LookAt = (alpha) => (alpha < 0.5 ? look({}, null) : look(null, {}));
