/** One film for the API, from its request to a file. */
import { drawnFilm } from '../../domain/api/dynamic-prompts.ts';
import { filmHeaders, requestedFilm } from '../../domain/api/film.ts';
import type { FilmFormat, VideoRequest } from '../../domain/api/schemas.ts';
import type { FilmProject } from '../../domain/video/project.ts';
import type { ApiHost } from './host.ts';
import type { Work, WorkProgress } from './jobs.ts';
import type { ModelEntry } from '../../domain/model/model.ts';

export interface FilmMakerOptions {
  readonly model: ModelEntry;
  readonly format: FilmFormat;
  /** No other machine helps. */
  readonly alone: boolean;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: WorkProgress) => void;
}

/** All pictures of a film, then the file. */
export type FilmMaker = (project: FilmProject, options: FilmMakerOptions) => Promise<Blob>;

const mediaTypes: Record<FilmFormat, string> = { mp4: 'video/mp4', webm: 'video/webm', gif: 'image/gif' };

export function filmWork(
  host: ApiHost,
  model: ModelEntry,
  asked: VideoRequest,
  id: string,
  makeFilm: FilmMaker,
): Work {
  const { sampler, guidanceScale } = model.card.defaults;
  const seed = asked.seed ?? host.drawSeed();
  const request = drawnFilm(asked, seed, host.lists());
  const project = requestedFilm(request, { id, seed, guidanceScale, sampler });
  const head = {
    status: 200,
    headers: {
      'content-type': mediaTypes[request.format],
      'content-disposition': `attachment; filename="video_${id}.${request.format}"`,
      'cache-control': 'no-store',
      ...filmHeaders(request, project.seed),
    },
  };
  return {
    kind: 'video',
    label: request.scenes.join(' · '),
    steps: request.scenes.length * request.num_inference_steps,
    head,
    run: async (signal, onProgress) => {
      const body = await makeFilm(project, {
        model,
        format: request.format,
        alone: host.alone,
        signal,
        onProgress,
      });
      return { ...head, body };
    },
  };
}
