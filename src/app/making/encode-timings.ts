/** How the films of this device came out, against what was to be expected of them: measured at each export; outlives the visit. */
import type { Measured, Written } from '../../domain/video/estimate.ts';
import type { FilmFormat } from '../../domain/video/film-format.ts';
import { localKeys } from '../../engine/stored-names.ts';
import type { TextStorage } from '../base/text-storage.ts';

export type EncodeTimings = Partial<Readonly<Record<FilmFormat, Measured>>>;

/** Version 1 knew seconds and bytes of a pixel, whatever the film showed. */
const version = 2;

export const measuredAgainst = (
  modelled: Written,
  file: { readonly sizeBytes: number; readonly seconds: number },
): Measured => ({
  time: file.seconds / modelled.encodeSec,
  size: file.sizeBytes / modelled.fileBytes,
});

/** What cannot be read is forgotten: it will be measured again. */
export function loadEncodeTimings(storage: TextStorage): EncodeTimings {
  try {
    const record = JSON.parse(storage.getItem(localKeys.encodeTimings) ?? '{}') as {
      version?: unknown;
      timings?: unknown;
    };
    return record.version === version && isTimings(record.timings) ? record.timings : {};
  } catch {
    return {};
  }
}

export function storeEncodeTimings(storage: TextStorage, timings: EncodeTimings): void {
  try {
    storage.setItem(localKeys.encodeTimings, JSON.stringify({ version, timings }));
  } catch {
    // Storage is full or forbidden: the times live for this visit.
  }
}

const isTimings = (value: unknown): value is EncodeTimings =>
  typeof value === 'object' &&
  value !== null &&
  Object.values(value).every((each: unknown) => {
    const { time, size } = (each ?? {}) as Partial<Record<keyof Measured, unknown>>;
    return [time, size].every(
      (factor) => typeof factor === 'number' && Number.isFinite(factor) && factor > 0,
    );
  });
