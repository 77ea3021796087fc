/** What a film will cost: from what it shows, and from how this device's own films came out against that. */
import type { FilmFormat } from './film-format.ts';
import { gifFrames, gifSize, type GifSettings } from './gif.ts';
import type { FilmProject } from './project.ts';
import type { FilmPlan } from './plan.ts';

/** How this device's last film of a format came out: measured ÷ modelled. */
export interface Measured {
  readonly time: number;
  readonly size: number;
}

export interface FilmFacts {
  readonly width: number;
  readonly height: number;
  readonly format: FilmFormat;
  /** Bytes that a pixel of its frames takes in a PNG: the more there is to see, the more. Null: not looked at yet. */
  readonly detail: number | null;
  /** Music lies under it. */
  readonly music: boolean;
  /** Where it is a GIF. */
  readonly gif: GifSettings;
}

export const filmFacts = (
  { width, height, music, gif }: Pick<FilmProject, 'width' | 'height' | 'music' | 'gif'>,
  format: FilmFormat,
  detail: number | null,
): FilmFacts => ({ width, height, format, detail, music: music !== null, gif });

export interface Written {
  readonly encodeSec: number;
  readonly fileBytes: number;
}

export interface FilmEstimate extends Written {
  /** Null where nothing has been measured yet. */
  readonly generationSec: number | null;
}

/** Of the built-in model's pictures. */
const usualDetail = 1.3;

interface Cost {
  /** Seconds until the first frame, and for a million pixels: of every frame, and of each that differs from the one before. */
  readonly startSec: number;
  readonly secPerMegapixel: number;
  readonly secPerNewMegapixel: number;
  /** Of every pixel, and of a new one with one byte of detail. */
  readonly bytesPerPixel: number;
  readonly bytesPerNewPixel: number;
  /** How the size grows with the detail, and from which detail on it does not. */
  readonly exponent: number;
  readonly mostDetail: number;
}

/**
 * Fitted to 96 frames of 512 × 512 of flat, smooth, drawn and noisy pictures, still and zooming, on two slow cores (Chromium 156, ffmpeg 5.1.4
 * in WebAssembly): each within a factor of two.
 */
const costs: Record<FilmFormat, Cost> = {
  mp4: {
    ...{ startSec: 0.3, secPerMegapixel: 0.01, secPerNewMegapixel: 0.03 },
    ...{ bytesPerPixel: 0.0014, bytesPerNewPixel: 0.0405, exponent: 1.4, mostDetail: 1.6 },
  },
  webm: {
    ...{ startSec: 0.3, secPerMegapixel: 0.01, secPerNewMegapixel: 0.03 },
    ...{ bytesPerPixel: 0.0011, bytesPerNewPixel: 0.0438, exponent: 1.2, mostDetail: 1.6 },
  },
  gif: {
    ...{ startSec: 2, secPerMegapixel: 0.1, secPerNewMegapixel: 0.4 },
    ...{ bytesPerPixel: 0.0006, bytesPerNewPixel: 0.4, exponent: 0.9, mostDetail: 2.6 },
  },
  'png-zip': {
    ...{ startSec: 0.3, secPerMegapixel: 0.02, secPerNewMegapixel: 0.12 },
    ...{ bytesPerPixel: 0, bytesPerNewPixel: 1, exponent: 1, mostDetail: 4 },
  },
};

/** 160 kb/s. */
const soundBytesPerSec = 20_000;

/** The encoders' own limit, bits a second: 2.5 Mb/s at 512 × 512 and 24 frames a second, 11 Mb/s at 1080p. */
export const videoBitrate = (pixelsPerSec: number) => Math.round(2.5e6 * (pixelsPerSec / 6.3e6) ** 0.72);

/** Frames that differ from the one before; stills, most of a film, cost next to nothing. */
export function newFrames({ segments, shape }: FilmPlan): number {
  return segments.reduce((sum, segment) => {
    const still = segment.kind === 'scene' && shape.scenes[segment.scene]!.motion === 'still';
    return sum + (still ? 1 : segment.end - segment.start);
  }, 0);
}

/** What writing it would cost on the machine that the figures come from. */
export function modelledWriting(plan: FilmPlan, { format, detail, music, ...facts }: FilmFacts): Written {
  const cost = costs[format];
  const { width, height, frameShare } = shown(plan, { format, ...facts });
  const pixels = plan.totalFrames * frameShare * width * height;
  // Each frame is a picture of its own in a folder of PNGs.
  const changing = format === 'png-zip' ? plan.totalFrames : newFrames(plan) * frameShare;
  const newPixels = changing * width * height;
  const seen = Math.min(cost.mostDetail, detail ?? usualDetail);
  const bytes = pixels * cost.bytesPerPixel + newPixels * cost.bytesPerNewPixel * seen ** cost.exponent;
  const limited = format === 'mp4' || format === 'webm';
  const mostBytes = limited
    ? (videoBitrate(pixels / plan.totalDurationSec) * plan.totalDurationSec) / 8
    : mostBytesOf({ format, ...facts });
  const colours = format === 'gif' ? colourShare(facts.gif.colours) : 1;
  return {
    encodeSec:
      cost.startSec +
      (pixels * cost.secPerMegapixel +
        newFrames(plan) * frameShare * width * height * cost.secPerNewMegapixel) /
        1e6,
    fileBytes: Math.round(
      Math.min(bytes * colours, mostBytes) +
        (limited && music ? plan.totalDurationSec * soundBytesPerSec : 0),
    ),
  };
}

/** Pixels of a frame of the file, and how many of the film's frames it shows: a GIF may be smaller and slower. */
function shown(
  plan: FilmPlan,
  { width, height, format, gif }: Pick<FilmFacts, 'width' | 'height' | 'format' | 'gif'>,
) {
  if (format !== 'gif') return { width, height, frameShare: 1 };
  const frames = gifFrames(plan.totalFrames, plan.shape.fps, gif.fps).length;
  return { ...gifSize({ width, height }, gif), frameShare: frames / plan.totalFrames };
}

/** What the person allows. */
const mostBytesOf = ({ format, gif }: Pick<FilmFacts, 'format' | 'gif'>) =>
  format === 'gif' && gif.maxMegabytes !== null ? gif.maxMegabytes * 1e6 : Infinity;

/** A GIF's bytes follow the bits that a pixel's colour takes. */
const colourShare = (colours: number) => Math.log2(Math.max(2, colours)) / 8;

/** `pictureSec`: one picture of the film's size and steps, all its phases together, on this device; null until one was made. */
export function estimateFilm(
  plan: FilmPlan,
  film: FilmFacts,
  picturesToMake: number,
  { pictureSec, measured }: { readonly pictureSec: number | null; readonly measured: Measured | null },
): FilmEstimate {
  const { encodeSec, fileBytes } = modelledWriting(plan, film);
  return {
    generationSec: picturesToMake === 0 ? 0 : pictureSec && pictureSec * picturesToMake,
    encodeSec: encodeSec * (measured?.time ?? 1),
    fileBytes: Math.round(Math.min(fileBytes * (measured?.size ?? 1), mostBytesOf(film))),
  };
}
