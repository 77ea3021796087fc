import { ClipboardList, Plus, Sparkles } from 'lucide-react';
import { Fragment, lazy, Suspense, useRef, useState } from 'react';
import { useAppState } from '../hooks.ts';
import { FilmHead } from './film-head.tsx';
import { FilmText } from './film-text.tsx';
import { SceneCard } from './scene-card.tsx';
import { TransitionButton } from './transition-button.tsx';
import { useReorder } from '../../base/controls/use-reorder.ts';
import { useFilmActions, useFilmProblems, useFilmState } from './use-film.tsx';
import { currentModel } from '../../models/chosen-model.ts';
import { useWords } from '../../words/words-context.tsx';
import styles from './storyboard.module.css';

const ListDialog = lazy(() => import('./list-dialog.tsx'));

/** Everything that is said about the film. `onShow` moves the player to a frame. */
export function Storyboard({ onShow }: { onShow: (frame: number) => void }) {
  const { film } = useWords();
  const problem = useFilmProblems().get('scenes');
  return (
    <section className={styles.storyboard} data-storyboard aria-label={film.storyboard}>
      <FilmHead />
      <FilmText />
      <h2 className="label">{film.scenes}</h2>
      <Scenes onShow={onShow} />
      {problem ? (
        <p className="problem" role="alert">
          {problem}
        </p>
      ) : null}
      <AddRow />
    </section>
  );
}

function Scenes({ onShow }: { onShow: (frame: number) => void }) {
  const scenes = useFilmState((state) => state.project.scenes);
  const { move } = useFilmActions();
  const list = useRef<HTMLOListElement>(null);
  const reorder = useReorder(list, move);
  return (
    <ol className={styles.scenes} ref={list} data-dragging={reorder.dragged !== null || undefined}>
      {scenes.map((scene, index) => (
        <Fragment key={scene.id}>
          <SceneCard scene={scene} index={index} count={scenes.length} reorder={reorder} onShow={onShow} />
          {index < scenes.length - 1 ? <TransitionButton scene={scene} index={index} /> : null}
        </Fragment>
      ))}
    </ol>
  );
}

function AddRow() {
  const { film } = useWords();
  const { addScene, addList } = useFilmActions();
  const [list, setList] = useState<'never' | 'open' | 'closed'>('never');
  const untouched = useFilmState(({ project }) =>
    project.scenes.every(({ prompt, picture }) => prompt === '' && picture === null),
  );
  const examples = useAppState((state) => currentModel(state).card.examples);
  const add = () => {
    const id = addScene();
    requestAnimationFrame(() => document.getElementById(`prompt-${id}`)?.focus());
  };
  return (
    <div className={styles.add}>
      <button type="button" className="button outline" onClick={add}>
        <Plus size={17} aria-hidden />
        {film.addScene}
      </button>
      <button type="button" className="button" onClick={() => setList('open')}>
        <ClipboardList size={17} aria-hidden />
        {film.pasteList}
      </button>
      {untouched && examples.length > 1 ? (
        <button type="button" className="button" onClick={() => addList(examples.slice(0, 3).join('\n'))}>
          <Sparkles size={17} aria-hidden />
          {film.tryExample}
        </button>
      ) : null}
      {list === 'never' ? null : (
        <Suspense>
          <ListDialog open={list === 'open'} onClose={() => setList('closed')} />
        </Suspense>
      )}
    </div>
  );
}
