/** A GIF of a film: smaller, slower and of fewer colours than the film itself, so that it can be sent. */
import { exactRate } from './rates.ts';

export interface GifSettings {
  /** Of the film's width and height. */
  readonly sizePercent: number;
  /** Frames per second; null: the film's. Never more than the film's. */
  readonly fps: number | null;
  /** Of its one palette. */
  readonly colours: number;
  /** The file is made again, smaller, until it has at most so many millions of bytes; null: as large as it comes. */
  readonly maxMegabytes: number | null;
}

export const gifDefaults: GifSettings = { sizePercent: 100, fps: null, colours: 256, maxMegabytes: null };

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Even sides, as the planes of its frames need them. */
export const gifSize = (
  { width, height }: Size,
  { sizePercent }: Pick<GifSettings, 'sizePercent'>,
): Size => ({
  width: evenShare(width, sizePercent / 100),
  height: evenShare(height, sizePercent / 100),
});

const evenShare = (side: number, share: number) => Math.max(2, 2 * Math.round((side * share) / 2));

/** Frames of the GIF, as numbers of the film's frames: the one that is shown at the beginning of each. */
export function gifFrames(totalFrames: number, filmFps: number, gifFps: number | null): number[] {
  const ratio = gifFps === null ? 1 : Math.max(1, perSecond(filmFps) / perSecond(gifFps));
  const count = Math.max(1, Math.round(totalFrames / ratio));
  // What is counted in doubles may end a little below the whole number that it means.
  return Array.from({ length: count }, (_, index) =>
    Math.min(totalFrames - 1, Math.floor(index * ratio + 1e-9)),
  );
}

const perSecond = (fps: number) => {
  const { frames, seconds } = exactRate(fps);
  return frames / seconds;
};

/** Smaller than this nothing can be seen. */
const leastSide = 48;

/**
 * The next size to try for a file of at most `maxBytes`, where `size` came out with `bytes`; null where it would be too small to be seen.
 * A file shrinks a little slower than its pixels.
 */
export function smallerGif(size: Size, bytes: number, maxBytes: number): Size | null {
  const share = Math.min(0.9, (maxBytes / bytes) ** 0.55);
  const next = { width: evenShare(size.width, share), height: evenShare(size.height, share) };
  return Math.min(next.width, next.height) < leastSide ? null : next;
}
