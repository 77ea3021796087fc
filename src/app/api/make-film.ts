/** A film without a storyboard: its pictures one after the other, then the file. */
import { picturesToMake, withPicture } from '../../domain/video/pictures.ts';
import type { FilmProject } from '../../domain/video/project.ts';
import type { VideoEngine } from '../../engine/video-protocol.ts';
import { inOwnWorker, writeFilm } from '../making/film-file.ts';
import { makeFilmPictures } from '../making/film-pictures.ts';
import type { FilmMaker, FilmMakerOptions } from './film-work.ts';
import type { ApiHost } from './host.ts';
import { pictureProgress } from './picture-progress.ts';

export function createFilmMaker(
  { app, keep, backend }: ApiHost,
  startVideo: () => Promise<VideoEngine>,
): FilmMaker {
  return async (project, options) => {
    const letSleep = app.deps.keepAwake();
    try {
      const { model, format, signal } = options;
      const made = await makePictures(app, project, { ...options, backend: backend() });
      const film = { ...made, model: model.ref, format, encoder: 'auto' } as const;
      const { file, work } = await inOwnWorker(startVideo, (video) =>
        writeFilm(app, film, video, 'mine', { signal }),
      );
      if (work) keep(work);
      return file;
    } finally {
      letSleep();
    }
  };
}

async function makePictures(
  app: ApiHost['app'],
  project: FilmProject,
  { signal, onProgress, ...maker }: FilmMakerOptions & { readonly backend: ReturnType<ApiHost['backend']> },
) {
  const assets = new Map<string, Blob>();
  let made = project;
  const wanted = {
    ...maker,
    steps: project.steps,
    tasks: (model: Parameters<typeof picturesToMake>[1]) => picturesToMake(made, model),
    keep: (task: Parameters<typeof withPicture>[1], file: Blob) => {
      const id = `${project.id}-${assets.size}`;
      assets.set(id, file);
      made = withPicture(made, task, id);
      return Promise.resolve();
    },
  };
  await makeFilmPictures(app, wanted, signal, { onProgress: pictureProgress(app.deps.now, onProgress) });
  return { project: made, assets };
}
