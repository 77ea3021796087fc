import { Images, ListPlus, Sparkles } from 'lucide-react';
import { picturesToMake } from '../../../domain/video/pictures.ts';
import { useAppState } from '../hooks.ts';
import { filmModel } from '../film-state.ts';
import { isQueueBusy } from '../../queue/queue-state.ts';
import { showProblems } from './show-problems.ts';
import { ExportButton } from './export-button.tsx';
import { Trouble } from './trouble.tsx';
import { makingWords } from './film-words.ts';
import { RunLine } from '../../base/controls/run-line.tsx';
import { useBusy, useFilmActions, useFilmState } from './use-film.tsx';
import { useWords } from '../../words/words-context.tsx';
import styles from './make-bar.module.css';

/** Makes the pictures, then the file; while it does, says how far it is. */
export function MakeBar() {
  const { film } = useWords();
  const making = useFilmState((state) => state.making);
  const { generate } = useFilmActions();
  const queueBusy = useAppState((state) => isQueueBusy(state.queue));
  const busy = useBusy() || queueBusy;
  const project = useFilmState((state) => state.project);
  const toMake = useAppState((state) => picturesToMake(project, filmModel(state)).length);
  return (
    <>
      {making.status === 'running' ? <Making /> : null}
      {busy ? (
        <AddRow toMake={toMake} />
      ) : (
        <div className={styles.row}>
          {toMake > 0 ? (
            <button type="button" className="button primary" onClick={() => showProblems(generate())}>
              <Sparkles size={17} aria-hidden />
              {film.generate}
            </button>
          ) : null}
          <ExportButton look={toMake > 0 ? 'soft' : 'primary'} />
        </div>
      )}
      <MakingEnd />
    </>
  );
}

/** While something is being made: the storyboard as it is now, to be made after that. */
function AddRow({ toMake }: { toMake: number }) {
  const { film } = useWords();
  const { generate, exportFilm } = useFilmActions();
  const format = useFilmState((state) => state.format);
  return (
    <div className={styles.row}>
      <button type="button" className="button soft" onClick={() => showProblems(exportFilm())}>
        <ListPlus size={17} aria-hidden />
        {film.addFileToQueue(film.formats[format])}
      </button>
      {toMake > 0 ? (
        <button type="button" className="button" onClick={() => showProblems(generate())}>
          <Images size={17} aria-hidden />
          {film.addPicturesToQueue}
        </button>
      ) : null}
    </div>
  );
}

function Making() {
  const making = useFilmState((state) => state.making);
  const scenes = useFilmState((state) => state.project.scenes);
  const words = useWords();
  const { cancelMaking } = useFilmActions();
  if (making.status !== 'running') return null;
  const { now, cancelling } = making;
  const number = scenes.findIndex(({ id }) => id === now?.sceneId) + 1;
  return (
    <RunLine
      label={words.film.picturesMaking}
      fraction={now?.progress.fraction ?? 0}
      words={makingWords(words, now, number)}
      expectedEndMs={now?.expectedEndMs ?? null}
      cancelling={cancelling}
      onCancel={cancelMaking}
    />
  );
}

function MakingEnd() {
  const making = useFilmState((state) => state.making);
  const { generate } = useFilmActions();
  const { film } = useWords();
  if (making.status === 'failed')
    return <Trouble error={making.error} onRetry={() => showProblems(generate())} />;
  return (
    <p className="hint" role="status">
      {making.status === 'done' && making.pictures > 0
        ? film.picturesMade(making.pictures, making.seconds)
        : making.status === 'cancelled'
          ? film.stopped
          : ''}
    </p>
  );
}
