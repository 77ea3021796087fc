/** Starting and stopping: pictures, and the file. */
import { changeScene } from '../../domain/video/edit.ts';
import { filmProblems, type FieldProblem } from '../../domain/video/check-film.ts';
import type { PictureTask } from '../../domain/video/pictures.ts';
import type { FilmFormat } from '../../domain/video/film-format.ts';
import type { EncoderChoice } from '../../engine/video-protocol.ts';
import { edit, type FilmContext } from './film-context.ts';
import { filmJob } from './film-job.ts';
import { letGo, runExport } from './film-output.ts';
import { runMaking, type Wanted } from './film-run.ts';
import type { FilmState } from './film-state.ts';
import type { QueueRun, QueueTools } from '../queue/queue.ts';
import { drawSeed } from '../base/random.ts';

export function makingActions(context: FilmContext) {
  const { store, open, deps } = context;
  const busy = () => {
    const { making, output } = store.getState();
    return making.status === 'running' || output.status === 'running';
  };
  const make = (wanted: Wanted) => void (busy() || void runMaking(context, wanted));
  const cancelMaking = () => {
    const { making } = store.getState();
    if (making.status !== 'running') return;
    store.setState({ making: { ...making, cancelling: true } });
    open.making?.cancel();
  };
  const cancelExport = () => {
    const { output } = store.getState();
    if (output.status !== 'running') return;
    store.setState({ output: { ...output, cancelling: true } });
    open.making?.cancel();
    open.exporting?.abort();
  };
  /** In front of the person's eyes when nothing else is being made; else in the queue, with the storyboard as it is now. */
  const ask = (format: FilmFormat | null, live: () => Promise<unknown>, cancel: () => void) => {
    const job = filmJob(context, format);
    const run: QueueRun = async ({ signal, report }) => {
      signal.addEventListener('abort', cancel, { once: true });
      const stop = store.subscribe((state) => reportLive(state, report));
      const done = live().finally(stop);
      open.live = { job, cancel, done };
      await done;
      open.live = null;
      // The storyboard tells how it ended.
      return { status: 'done' };
    };
    deps.app.queue.add(job, null, busy() ? undefined : run);
  };
  const ofScene =
    (id: string): Wanted =>
    (task: PictureTask) =>
      task.kind === 'scene' && task.sceneId === id;

  return {
    /** All pictures that are missing or out of date, once it is their turn. Returns what is wrong with the film; nothing begins then. */
    generate: (): readonly FieldProblem[] => {
      const problems = told(context);
      if (problems.length === 0) ask(null, () => runMaking(context, () => true), cancelMaking);
      return problems;
    },
    /** One scene's picture, whatever is wrong with the others. */
    generateScene: (id: string) => make(ofScene(id)),
    /** Another picture for the same words. */
    reroll: (id: string) => {
      if (busy()) return;
      edit(context, (project) => changeScene(project, id, { seed: drawSeed(deps.app.deps.random) }));
      make(ofScene(id));
    },
    cancelMaking,
    chooseFormat: (format: FilmFormat) => store.setState({ format }),
    chooseEncoder: (encoder: EncoderChoice) => store.setState({ encoder }),
    /** Pictures that are missing, then the file, once it is their turn. Returns what is wrong with the film; nothing begins then. */
    exportFilm: (): readonly FieldProblem[] => {
      const problems = told(context);
      if (problems.length === 0) ask(store.getState().format, () => runExport(context), cancelExport);
      return problems;
    },
    cancelExport,
    dismissOutput: () => letGo(context),
    /** The finished file, to be saved or shared. */
    finishedFile: (): Blob | null => open.file,
  };
}

function reportLive({ making, output }: FilmState, report: QueueTools['report']): void {
  if (making.status === 'running' && making.now) {
    const { progress, expectedEndMs } = making.now;
    report({ kind: 'pictures', progress, expectedEndMs });
  } else if (output.status === 'running') {
    report({ kind: 'file', now: output.now, expectedEndMs: output.expectedEndMs });
  }
}

function told({ store }: FilmContext): readonly FieldProblem[] {
  store.setState({ submitted: true });
  return filmProblems(store.getState().project);
}
