import type { QueueJob } from '../../../domain/recipe/queue-job.ts';
import { shorten } from '../../base/format.ts';
import { runWords } from '../../making/ui/run-words.ts';
import type { Words } from '../../words/words.ts';
import type { QueueEntry, QueueProgress } from '../queue-state.ts';
import { exportWords } from '../../making/ui/export-words.ts';

export const jobName = ({ common, film }: Words, { label }: QueueJob) =>
  common.quoted(shorten(label, 60) || film.untitled);

/** What it is: how many, how large, as which file. */
export function jobWords({ common, queue, film, format }: Words, job: QueueJob): string {
  if (job.kind === 'picture') {
    const { settings, count, made } = job;
    const pictures = common.pictures(count);
    const number = made > 0 ? queue.madeOf(made, pictures) : pictures;
    const size = format.size(settings.width, settings.height);
    return queue.pictureFacts(number, size, common.stepCount(settings.steps), settings.seed);
  }
  const file = job.format === null ? queue.filmPictures : queue.filmAs(film.formats[job.format]);
  return `${file} · ${common.scenes(job.project.scenes.length)}`;
}

/** How far it is. */
export function stateWords(
  words: Words,
  { state }: Pick<QueueEntry, 'state'>,
  progress: QueueProgress | null,
): string {
  switch (state.status) {
    case 'waiting':
      return words.queue.waiting;
    case 'running':
      return state.cancelling ? words.common.stopping : progressWords(words, progress);
    case 'failed':
      return `${words.errors[state.error.code].title}.`;
    case 'ready':
      return words.queue.ready;
  }
}

function progressWords(words: Words, progress: QueueProgress | null): string {
  if (!progress) return words.run.waiting;
  return progress.kind === 'pictures'
    ? runWords(words, progress.progress)
    : exportWords(words.run, progress.now);
}

/** Writing the file is short against drawing the pictures, and counted by itself. */
export function queueFraction(progress: QueueProgress | null): number {
  if (!progress) return 0;
  if (progress.kind === 'pictures') return progress.progress.fraction;
  return progress.now.stage === 'frames' ? progress.now.done / progress.now.total : 0;
}

/** `2 pictures and a film` */
export function kindsWords(queue: Words['queue'], entries: readonly Pick<QueueEntry, 'job'>[]): string {
  const films = entries.filter(({ job }) => job.kind === 'film').length;
  return queue.kinds(entries.length - films, films);
}
