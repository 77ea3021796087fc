import { Blend } from 'lucide-react';
import { Popover } from 'radix-ui';
import { sceneTransition, type FilmScene } from '../../../domain/video/project.ts';
import { transitionWords } from './film-words.ts';
import { TransitionFields } from './transition-fields.tsx';
import { useFilmActions, useFilmProblems, useFilmState } from './use-film.tsx';
import { useWords } from '../../words/words-context.tsx';
import styles from './transition-button.module.css';

/** Between two cards: how one becomes the other. */
export function TransitionButton({ scene, index }: { scene: FilmScene; index: number }) {
  const words = useWords();
  const { film } = words;
  const { changeScene } = useFilmActions();
  const transition = useFilmState(({ project }) => sceneTransition(project, scene));
  const problems = useFilmProblems();
  const at = `scenes.${index}.transition`;
  const wrong = problems.has(`${at}.frames`) || problems.has(`${at}.inBetweens`);
  return (
    <li className={styles.transition}>
      <Popover.Root>
        <Popover.Trigger
          className={`button small ${styles.button}`}
          data-own={scene.transition !== null || undefined}
          data-invalid={wrong || undefined}
          aria-label={film.transitionFrom(index + 1, transitionWords(words, transition))}
        >
          <Blend size={15} aria-hidden />
          {transitionWords(words, transition)}
        </Popover.Trigger>
        <Popover.Portal>
          <Popover.Content className={`popup ${styles.card}`} sideOffset={4} collisionPadding={12}>
            <h3 className="label">{film.sceneTo(index + 1)}</h3>
            <TransitionFields
              value={transition}
              onValue={(value) => changeScene(scene.id, { transition: value })}
              problems={problems}
              at={at}
            />
            {scene.transition === null ? (
              <p className="hint">{film.asFilmUntil}</p>
            ) : (
              <button
                type="button"
                className="button outline small"
                onClick={() => changeScene(scene.id, { transition: null })}
              >
                {film.asFilm}
              </button>
            )}
          </Popover.Content>
        </Popover.Portal>
      </Popover.Root>
    </li>
  );
}
