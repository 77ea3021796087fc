/** A picture job of the line: from what was asked for to a run, and from the run's end to the store. */
import { AppError, isAbort, toPlainError } from '../../domain/errors.ts';
import { restOfPictures, type PictureJob } from '../../domain/recipe/queue-job.ts';
import type { AppContext } from '../shell/app-context.ts';
import type { AppState, ModelEntry } from '../shell/app-state.ts';
import type { QueueEnd, QueueTools } from '../queue/queue.ts';
import { runPictures, type PictureRequest } from './picture-run.ts';
import { beginProgress } from '../engine/progress.ts';

/** Settles whatever happens: the store then says how the run ended. */
export async function runPictureJob(
  context: AppContext,
  job: PictureJob,
  tools: QueueTools,
): Promise<QueueEnd> {
  const { store, jobs, open, preview, deps } = context;
  const beganMs = deps.now();
  const { settings, count } = restOfPictures(job);
  open.lastPicture = { job, source: tools.source };
  showBegin(context, { settings, count }, tools.atOnce);
  const handle = jobs.add({
    kind: 'picture',
    first: true,
    run: async (signal) =>
      runPictures(context, requestOf(context, job, tools.source), signal, () => tools.made(1)),
  });
  open.run = handle;
  tools.signal.addEventListener('abort', () => cancelRun(context), { once: true });
  try {
    const pictureIds = await handle.done;
    store.setState({ run: { status: 'done', pictureIds, seconds: (deps.now() - beganMs) / 1000 } });
    // Only then may the job be forgotten: a crash in between would cost a picture.
    await Promise.all(pictureIds.flatMap((id) => context.kept.get(id)?.work ?? []));
    return { status: 'done' };
  } catch (error) {
    if (isAbort(error)) {
      store.setState(cancelled);
      return { status: 'cancelled' };
    }
    const plain = toPlainError(error);
    store.setState({ run: { status: 'failed', error: plain, settings } });
    return { status: 'failed', error: plain, shown: true };
  } finally {
    open.run = null;
    preview.show(null);
  }
}

export function cancelRun({ store, open }: AppContext): void {
  const { run } = store.getState();
  if (run.status !== 'running') return;
  store.setState({ run: { ...run, cancelling: true } });
  open.run?.cancel();
}

/** The model that it was asked for with. Throws `model-incomplete` when that is gone. */
export function modelOfJob({ store }: AppContext, { model }: Pick<PictureJob, 'model'>): ModelEntry {
  const entry = store.getState().models.find(({ ref }) => ref.id === model.id);
  if (!entry) throw new AppError('model-incomplete', `The model ${model.id} is no longer in this browser.`);
  return entry;
}

function requestOf(context: AppContext, job: PictureJob, source: Blob | null): PictureRequest {
  return {
    ...restOfPictures(job),
    model: modelOfJob(context, job),
    backend: job.backend,
    source: source && job.source && { file: source, ...job.source },
  };
}

/** Who looks at a picture while the line goes on is not taken away from it. */
function showBegin(
  { store, preview }: AppContext,
  { settings, count }: Pick<PictureRequest, 'settings' | 'count'>,
  takeView: boolean,
): void {
  const progress = beginProgress(settings.steps, count, null);
  const run = { status: 'running', settings, progress, expectedEndMs: null, cancelling: false } as const;
  store.setState(takeView ? { run, view: { kind: 'live' } } : { run });
  preview.show(null);
}

/** The frame goes to the newest picture. */
function cancelled({ view, pictures }: AppState): Partial<AppState> {
  const newest = view.kind === 'live' ? pictures[0] : undefined;
  const run = { status: 'cancelled' } as const;
  return newest ? { run, view: { kind: 'picture', id: newest.id } } : { run };
}
