import { Dices } from 'lucide-react';
import { drawChoices, hasChoices } from '../../../domain/diffusion/prompt/prompt-choices.ts';
import type { FilmScene } from '../../../domain/video/project.ts';
import { drawSeed } from '../../base/random.ts';
import { useWords } from '../../words/words-context.tsx';
import { useApp, useAppState } from '../hooks.ts';
import { useFilmActions } from './use-film.tsx';
import styles from './scene-choices.module.css';

/** A film's scenes stay as they are written, so that its pictures stay too: what leaves something to chance is chosen once, by the person. */
export function SceneChoices({ scene }: { scene: FilmScene }) {
  const { film } = useWords();
  const { changeScene } = useFilmActions();
  const { deps } = useApp().context;
  const lists = useAppState((state) => state.lists);
  if (!hasChoices(scene.prompt)) return null;
  const choose = () =>
    changeScene(scene.id, { prompt: drawChoices(scene.prompt, drawSeed(deps.random), lists).text.trim() });
  return (
    <div className={styles.choices}>
      <p className="hint">{film.choicesHint}</p>
      <button type="button" className="button small outline" onClick={choose}>
        <Dices size={15} aria-hidden />
        {film.chooseNow}
      </button>
    </div>
  );
}
