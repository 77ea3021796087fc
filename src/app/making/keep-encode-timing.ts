import { filmFacts, modelledWriting } from '../../domain/video/estimate.ts';
import type { FilmFormat } from '../../domain/video/film-format.ts';
import { planFilm } from '../../domain/video/plan.ts';
import { filmShape, type FilmProject } from '../../domain/video/project.ts';
import type { ExportedFilm } from '../../engine/video-protocol.ts';
import { measuredAgainst, storeEncodeTimings } from './encode-timings.ts';
import type { MakingContext } from './making-context.ts';

export interface FilmWritten {
  readonly project: FilmProject;
  readonly format: FilmFormat;
  readonly detail: number;
  readonly file: Pick<ExportedFilm, 'file' | 'elapsedMs'>;
}

/** Files what writing this film has measured. */
export function keepEncodeTiming(
  { store, deps }: Pick<MakingContext, 'store' | 'deps'>,
  { project, format, detail, file }: FilmWritten,
): void {
  // Made several times, and as large as was allowed: it tells nothing of the next.
  if (format === 'gif' && project.gif.maxMegabytes !== null) return;
  const measured = measuredAgainst(
    modelledWriting(planFilm(filmShape(project)), filmFacts(project, format, detail)),
    {
      sizeBytes: file.file.size,
      seconds: file.elapsedMs / 1000,
    },
  );
  const encodeTimings = { ...store.getState().encodeTimings, [format]: measured };
  storeEncodeTimings(deps.storage, encodeTimings);
  store.setState({ encodeTimings });
}
