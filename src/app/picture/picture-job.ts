/** A picture job of the line: from what was asked for to a run, and from the run's end to the store. */
import { isAbort, toPlainError } from '../../domain/errors.ts';
import { restOfPictures, type PictureJob } from '../../domain/recipe/queue-job.ts';
import type { PictureContext } from './picture-context.ts';
import type { PictureView } from './picture-context.ts';
import type { QueueEnd, QueueTools } from '../queue/queue.ts';
import { runPictures, type PictureRequest } from './picture-run.ts';
import { modelNamed } from '../models/chosen-model.ts';
import type { Told } from '../making/tracker.ts';
import { beginProgress } from '../engine/progress.ts';

const gridRun = () => import('./grid-run.ts');

/** Settles whatever happens: the store then says how the run ended. */
export async function runPictureJob(
  context: PictureContext,
  job: PictureJob,
  tools: QueueTools,
): Promise<QueueEnd> {
  const { store, turns, open, preview, deps } = context;
  const beganMs = deps.now();
  const { settings, count } = restOfPictures(job);
  open.lastPicture = { job, source: tools.source };
  showBegin(context, { settings, count }, tools.atOnce);
  const handle = turns.add({
    kind: 'picture',
    first: true,
    run: async (signal) => {
      const report = (told: Told) => tools.report({ kind: 'pictures', ...told });
      if (job.grid) return (await gridRun()).runGrid(context, { ...job, grid: job.grid }, signal, report);
      return runPictures(context, requestOf(context, job, tools.source), signal, {
        onProgress: report,
        onKept: () => tools.made(1),
      });
    },
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

export function cancelRun({ store, open }: PictureContext): void {
  const { run } = store.getState();
  if (run.status !== 'running') return;
  store.setState({ run: { ...run, cancelling: true } });
  open.run?.cancel();
}

function requestOf(context: PictureContext, job: PictureJob, source: Blob | null): PictureRequest {
  return {
    ...restOfPictures(job),
    model: modelNamed(context.store.getState(), job.model),
    backend: job.backend,
    source: source && job.source && { file: source, ...job.source },
  };
}

/** Who looks at a picture while the line goes on is not taken away from it. */
function showBegin(
  { store, preview }: PictureContext,
  { settings, count }: Pick<PictureRequest, 'settings' | 'count'>,
  takeView: boolean,
): void {
  const progress = beginProgress(settings.steps, count, null);
  const run = { status: 'running', settings, progress, expectedEndMs: null, cancelling: false } as const;
  store.setState(takeView ? { run, view: { kind: 'live' } } : { run });
  preview.show(null);
}

/** The frame goes to the newest picture. */
function cancelled({ view, pictures }: PictureView): Partial<PictureView> {
  const newest = view.kind === 'live' ? pictures[0] : undefined;
  const run = { status: 'cancelled' } as const;
  return newest ? { run, view: { kind: 'picture', id: newest.id } } : { run };
}
