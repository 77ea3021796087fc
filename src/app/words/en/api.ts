import type { Format } from '../format.ts';

/** What scripts ask this page for. */
export const api = (f: Format) => ({
  title: 'Work for scripts',
  cancel: (label: string) => `Cancel “${label}”`,
  kinds: { image: 'Picture for a script', video: 'Film for a script' },
  stopping: (what: string) => `${what}: stopping`,
  waiting: (what: string) => `${what}: waiting`,
  gettingReady: (what: string) => `${what}: getting ready`,
  step: (what: string, step: number, steps: number) => `${what}: step ${f.of(step, steps)}`,
  stepLeft: (what: string, step: number, steps: number, leftSec: number) =>
    `${what}: step ${f.of(step, steps)}, ${f.wholeSeconds(leftSec)} left`,
  askTitle: 'May this site make pictures here?',
  ask: (origin: string) =>
    `${origin} shows Zoetrope in a frame and asks to make pictures and films with it, on this device. It would see what it asks for, and nothing else of yours. This lasts until the page is closed.`,
  refuse: 'Do not allow',
  allow: 'Allow',
});
