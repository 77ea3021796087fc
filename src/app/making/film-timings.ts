/** How fast this device writes films and how large they become, measured at each export; outlives the visit. */
import type { FilmFormat } from '../../engine/video-protocol.ts';
import type { TextStorage } from '../shell/saved.ts';

export interface EncodePace {
  readonly encodeSecPerMegapixel: number;
  readonly bytesPerMegapixel: number;
}

export type EncodePaces = Partial<Readonly<Record<FilmFormat, EncodePace>>>;

export const filmPacesKey = 'zoetrope:film-paces';
const version = 1;

export function measuredPace(
  film: { readonly width: number; readonly height: number; readonly totalFrames: number },
  file: { readonly sizeBytes: number; readonly seconds: number },
): EncodePace {
  const megapixels = (film.width * film.height * film.totalFrames) / 1e6;
  return {
    encodeSecPerMegapixel: file.seconds / megapixels,
    bytesPerMegapixel: file.sizeBytes / megapixels,
  };
}

/** What cannot be read is forgotten: it will be measured again. */
export function loadPaces(storage: TextStorage): EncodePaces {
  try {
    const record = JSON.parse(storage.getItem(filmPacesKey) ?? '{}') as {
      version?: unknown;
      paces?: unknown;
    };
    return record.version === version && isPaces(record.paces) ? record.paces : {};
  } catch {
    return {};
  }
}

export function storePaces(storage: TextStorage, paces: EncodePaces): void {
  try {
    storage.setItem(filmPacesKey, JSON.stringify({ version, paces }));
  } catch {
    // Storage is full or forbidden: the times live for this visit.
  }
}

const isPaces = (value: unknown): value is EncodePaces =>
  typeof value === 'object' &&
  value !== null &&
  Object.values(value).every((pace: unknown) => Object.values(pace ?? { none: '' }).every(Number.isFinite));
