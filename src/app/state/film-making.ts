/** Starting and stopping: pictures, and the file. */
import { changeScene } from '../../domain/video/edit.ts';
import { filmProblems, type FieldProblem } from '../../domain/video/limits.ts';
import type { PictureTask } from '../../domain/video/pictures.ts';
import type { EncoderChoice, FilmFormat } from '../../engine/video-protocol.ts';
import { drawSeed } from './draft.ts';
import { edit, type FilmContext } from './film-context.ts';
import { letGo, runExport } from './film-output.ts';
import { runMaking, type Wanted } from './film-run.ts';

export function makingActions(context: FilmContext) {
  const { store, open, deps } = context;
  const busy = () => {
    const { making, output } = store.getState();
    return making.status === 'running' || output.status === 'running';
  };
  const make = (wanted: Wanted) => void (busy() || void runMaking(context, wanted));
  const ofScene =
    (id: string): Wanted =>
    (task: PictureTask) =>
      task.kind === 'scene' && task.sceneId === id;

  return {
    /** All pictures that are missing or out of date. Returns what is wrong with the film; nothing begins then. */
    generate: (): readonly FieldProblem[] => {
      const problems = told(context);
      if (problems.length === 0) make(() => true);
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
    cancelMaking: () => {
      const { making } = store.getState();
      if (making.status !== 'running') return;
      store.setState({ making: { ...making, cancelling: true } });
      open.making?.cancel();
    },
    chooseFormat: (format: FilmFormat) => store.setState({ format }),
    chooseEncoder: (encoder: EncoderChoice) => store.setState({ encoder }),
    /** Pictures that are missing, then the file. Returns what is wrong with the film; nothing begins then. */
    exportFilm: (): readonly FieldProblem[] => {
      const problems = told(context);
      if (problems.length === 0 && !busy()) void runExport(context);
      return problems;
    },
    cancelExport: () => {
      const { output } = store.getState();
      if (output.status !== 'running') return;
      store.setState({ output: { ...output, cancelling: true } });
      open.making?.cancel();
      open.exporting?.abort();
    },
    dismissOutput: () => letGo(context),
    /** The finished file, to be saved or shared. */
    finishedFile: (): Blob | null => open.file,
  };
}

function told({ store }: FilmContext): readonly FieldProblem[] {
  store.setState({ submitted: true });
  return filmProblems(store.getState().project);
}
