import type { ExportedFilm, FilmFormat } from '../../engine/video-protocol.ts';
import { measuredTiming, storeEncodeTimings, type EncodeTiming } from './encode-timings.ts';
import type { MakingContext, TimingsSlice } from './making-context.ts';

/** Files what writing this film has measured. */
export function keepEncodeTiming(
  { store, deps }: Pick<MakingContext, 'store' | 'deps'>,
  film: { readonly width: number; readonly height: number },
  format: FilmFormat,
  { file, totalFrames, elapsedMs }: Pick<ExportedFilm, 'file' | 'totalFrames' | 'elapsedMs'>,
): void {
  const measured = measuredTiming(
    { ...film, totalFrames },
    { sizeBytes: file.size, seconds: elapsedMs / 1000 },
  );
  const encodeTimings = { ...store.getState().encodeTimings, [format]: measured };
  storeEncodeTimings(deps.storage, encodeTimings);
  store.setState({ encodeTimings });
}

/** For `estimateFilm`: what has not been measured is null. */
export const encodeTimingOf = (
  { encodeTimings }: Pick<TimingsSlice, 'encodeTimings'>,
  format: FilmFormat,
): EncodeTiming | { readonly encodeSecPerMegapixel: null; readonly bytesPerMegapixel: null } =>
  encodeTimings[format] ?? { encodeSecPerMegapixel: null, bytesPerMegapixel: null };
