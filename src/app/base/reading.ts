/** Which way one reads, for what has no logical form: keys that point and fingers that swipe. */
const rightToLeft = () => document.documentElement.dir === 'rtl';

/** 1 where forward is to the right, −1 where it is to the left. */
export const forward = (): 1 | -1 => (rightToLeft() ? -1 : 1);

/** `ArrowRight` for the arrow key that leads forward, `ArrowLeft` for the one that leads back; other keys as they are. */
export function readingKey(key: string): string {
  if (!rightToLeft()) return key;
  return { ArrowRight: 'ArrowLeft', ArrowLeft: 'ArrowRight' }[key] ?? key;
}
