/** Frames per second as exact fractions. A rate is named by the number that people and programs write for it. */

/** 1001 in 1000 slower than the whole number: NTSC colour's, SMPTE ST 12-1. `23.976` means 24000/1001, which it only comes near. */
export const fractionalRates = [23.976, 29.97, 59.94] as const;

export interface Rate {
  readonly frames: number;
  /** In so many seconds. */
  readonly seconds: number;
}

const isFractional = (fps: number) => (fractionalRates as readonly number[]).includes(fps);

/** Whether films can have it: a whole number of frames a second, or one of `fractionalRates`. */
export const isRate = (fps: number) => Number.isInteger(fps) || isFractional(fps);

/** `fps` itself where it is no fractional rate. */
export const exactRate = (fps: number): Rate =>
  isFractional(fps) ? { frames: Math.round(fps) * 1000, seconds: 1001 } : { frames: fps, seconds: 1 };

/** When frame `index` begins; also how long so many frames last. Seconds. */
export function frameTime(index: number, fps: number): number {
  const { frames, seconds } = exactRate(fps);
  return (index * seconds) / frames;
}

/** The whole frames in so many seconds: the contract's `floor(duration × fps)`, in doubles as Python does it. */
export function framesIn(durationSec: number, fps: number): number {
  const { frames, seconds } = exactRate(fps);
  return Math.floor(seconds === 1 ? durationSec * frames : (durationSec * frames) / seconds);
}
