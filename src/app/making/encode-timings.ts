/** How fast this device writes films and how large they become, measured at each export; outlives the visit. */
import { localKeys } from '../../engine/stored-names.ts';
import type { FilmFormat } from '../../engine/video-protocol.ts';
import type { TextStorage } from '../base/text-storage.ts';

export interface EncodeTiming {
  readonly encodeSecPerMegapixel: number;
  readonly bytesPerMegapixel: number;
}

export type EncodeTimings = Partial<Readonly<Record<FilmFormat, EncodeTiming>>>;

const version = 1;

export function measuredTiming(
  film: { readonly width: number; readonly height: number; readonly totalFrames: number },
  file: { readonly sizeBytes: number; readonly seconds: number },
): EncodeTiming {
  const megapixels = (film.width * film.height * film.totalFrames) / 1e6;
  return {
    encodeSecPerMegapixel: file.seconds / megapixels,
    bytesPerMegapixel: file.sizeBytes / megapixels,
  };
}

/** What cannot be read is forgotten: it will be measured again. */
export function loadEncodeTimings(storage: TextStorage): EncodeTimings {
  try {
    const record = JSON.parse(storage.getItem(localKeys.encodeTimings) ?? '{}') as {
      version?: unknown;
      paces?: unknown;
    };
    return record.version === version && isPaces(record.paces) ? record.paces : {};
  } catch {
    return {};
  }
}

export function storeEncodeTimings(storage: TextStorage, timings: EncodeTimings): void {
  try {
    storage.setItem(localKeys.encodeTimings, JSON.stringify({ version, paces: timings }));
  } catch {
    // Storage is full or forbidden: the times live for this visit.
  }
}

const isPaces = (value: unknown): value is EncodeTimings =>
  typeof value === 'object' &&
  value !== null &&
  Object.values(value).every((timing: unknown) =>
    Object.values(timing ?? { none: '' }).every(Number.isFinite),
  );
