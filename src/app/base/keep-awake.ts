/** Keeps the screen on until the returned function is called. Browsers without wake locks, or that refuse, just let it go dark. */
export function keepAwake(): () => void {
  const lock = 'wakeLock' in navigator ? navigator.wakeLock.request('screen').catch(() => null) : null;
  return () => void lock?.then((held) => held?.release());
}
