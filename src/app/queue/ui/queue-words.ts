import type { QueueJob } from '../../../domain/recipe/queue-job.ts';
import type { QueueEntry, QueueProgress } from '../queue-state.ts';
import { errorWords } from '../../base/error-words.ts';
import { count, exportWords, formatNames } from '../../film/ui/film-words.ts';
import { formatSize, shorten } from '../../base/format.ts';
import { runWords } from '../../picture/ui/run-words.ts';

export const jobName = ({ label }: QueueJob) => `“${shorten(label, 60)}”`;

/** What it is: how many, how large, as which file. */
export function jobWords(job: QueueJob): string {
  if (job.kind === 'picture') {
    const { settings, count: all, made } = job;
    const number = made > 0 ? `${made} of ${count(all, 'picture')} made` : count(all, 'picture');
    return `${number} · ${formatSize(settings.width, settings.height)} · ${count(settings.steps, 'step')} · seed ${settings.seed}`;
  }
  const file = job.format === null ? 'Pictures of a film' : `Film as ${formatNames[job.format]}`;
  return `${file} · ${count(job.project.scenes.length, 'scene')}`;
}

/** How far it is. */
export function stateWords({ state }: Pick<QueueEntry, 'state'>, progress: QueueProgress | null): string {
  switch (state.status) {
    case 'waiting':
      return 'Waiting';
    case 'running':
      return state.cancelling ? 'Stopping …' : progressWords(progress);
    case 'failed':
      return `${errorWords[state.error.code].title}.`;
    case 'ready':
      return 'Ready to be saved';
  }
}

function progressWords(progress: QueueProgress | null): string {
  if (!progress) return 'Getting ready';
  return progress.kind === 'pictures' ? runWords(progress.progress) : exportWords(progress.now);
}

/** Writing the file is short against drawing the pictures, and counted by itself. */
export function queueFraction(progress: QueueProgress | null): number {
  if (!progress) return 0;
  if (progress.kind === 'pictures') return progress.progress.fraction;
  return progress.now.stage === 'frames' ? progress.now.done / progress.now.total : 0;
}

/** `2 pictures and a film` */
export function kindsWords(entries: readonly Pick<QueueEntry, 'job'>[]): string {
  const films = entries.filter(({ job }) => job.kind === 'film').length;
  const parts = [number(entries.length - films, 'picture'), number(films, 'film')];
  return parts.filter((part) => part !== '').join(' and ');
}

const number = (many: number, one: string) =>
  many === 0 ? '' : many === 1 ? `a ${one}` : `${many.toLocaleString('en')} ${one}s`;
