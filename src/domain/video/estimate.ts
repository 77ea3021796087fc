/** What a film will cost, from this device's own measured times. */
import type { FilmPlan } from './plan.ts';

/** Measured on this device; each is null until it has been. */
export interface Pace {
  /** One picture of the film's size and steps, all its phases together. */
  readonly pictureSec: number | null;
  /** Composing and encoding a million pixels of distinct frames. */
  readonly encodeSecPerMegapixel: number | null;
  /** Of the finished file, for a million pixels of film. */
  readonly bytesPerMegapixel: number | null;
}

export interface FilmEstimate {
  /** Null where nothing has been measured yet. */
  readonly generationSec: number | null;
  readonly encodeSec: number;
  readonly fileBytes: number;
}

/** Software H.264 on two slow cores, stills with cross-fades: design measurements, to begin with. */
export const typicalPace = { encodeSecPerMegapixel: 0.012, bytesPerMegapixel: 6_000 } as const;

export function estimateFilm(
  plan: FilmPlan,
  size: { readonly width: number; readonly height: number },
  picturesToMake: number,
  pace: Pace,
): FilmEstimate {
  const megapixels = (plan.totalFrames * size.width * size.height) / 1e6;
  return {
    generationSec: picturesToMake === 0 ? 0 : pace.pictureSec && pace.pictureSec * picturesToMake,
    encodeSec: megapixels * (pace.encodeSecPerMegapixel ?? typicalPace.encodeSecPerMegapixel),
    fileBytes: Math.round(megapixels * (pace.bytesPerMegapixel ?? typicalPace.bytesPerMegapixel)),
  };
}
