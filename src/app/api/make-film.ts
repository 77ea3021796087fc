/** A film without a storyboard: its pictures one after the other, then the file. */
import { filmRecipeJson } from '../../domain/recipe/film-recipe.ts';
import { picturesToMake, withPicture, type PictureTask } from '../../domain/video/pictures.ts';
import type { FilmProject } from '../../domain/video/project.ts';
import type { GenerateEvent } from '../../engine/protocol.ts';
import type { FilmSource, VideoEngine } from '../../engine/video-protocol.ts';
import { currentBackend } from '../shell/app-state.ts';
import { filmWork } from '../making/film-as-work.ts';
import { filmSource } from '../film/film-context.ts';
import { makePicture } from '../making/film-pictures.ts';
import { advance, beginProgress, remainingMs } from '../engine/progress.ts';
import { filmModelOf } from './estimate.ts';
import type { FilmMaker, FilmMakerOptions } from './film-work.ts';
import type { ApiHost } from './host.ts';

export function createFilmMaker(host: ApiHost, startVideo: () => Promise<VideoEngine>): FilmMaker {
  return async (project, options) => {
    const letSleep = host.app.deps.keepAwake();
    try {
      const { made, assets } = await makePictures(host, project, options);
      const comment = filmRecipeJson(made, options.model.ref, host.app.deps.appName);
      const file = await writeFilm(startVideo, filmSource(made, assets), comment, options);
      const work = filmWork(made, assets, file, comment);
      if (work) host.keep(work);
      return file;
    } finally {
      letSleep();
    }
  };
}

async function makePictures(host: ApiHost, project: FilmProject, options: FilmMakerOptions) {
  const { model, signal, onProgress } = options;
  const loaded = await host.load(model, signal);
  const tasks = picturesToMake(project, filmModelOf(model, loaded));
  const backend = currentBackend(host.app.store.getState());
  const first = settingsOf(tasks[0]!);
  const known = host.timing(model, loaded.backend, first) ?? null;
  let progress = beginProgress(project.steps, tasks.length, known);
  const assets = new Map<string, Blob>();
  let made = project;
  for (const [imageIndex, task] of tasks.entries()) {
    signal.throwIfAborted();
    // The engine counts the pictures of one call; here it is one call for each picture.
    const onEvent = (event: GenerateEvent) => {
      const own = 'imageIndex' in event ? { ...event, imageIndex, imageCount: tasks.length } : event;
      progress = advance(progress, own);
      if (event.phase !== 'denoise') return;
      const leftMs = remainingMs(progress);
      onProgress({
        step: imageIndex * event.steps + event.step,
        steps: tasks.length * event.steps,
        etaSec: leftMs === null ? null : leftMs / 1000,
      });
    };
    const id = `${project.id}-${imageIndex}`;
    assets.set(id, await makePicture(host.app, task, { model, backend }, signal, onEvent));
    made = withPicture(made, task, id);
    if (progress.timing) host.keepTiming(model, loaded.backend, settingsOf(task), progress.timing);
  }
  return { made, assets };
}

const settingsOf = (task: PictureTask) => (task.kind === 'scene' ? task.settings : task.settings.from);

/** In a worker of its own, whose memory comes back with its end. */
async function writeFilm(
  startVideo: () => Promise<VideoEngine>,
  film: FilmSource,
  comment: string,
  { format, signal }: FilmMakerOptions,
): Promise<Blob> {
  const video = await startVideo();
  try {
    const { file } = await video.call(
      'export',
      { film, format, encoder: 'auto', comment, music: null },
      { signal },
    );
    return file;
  } finally {
    video.terminate();
  }
}
