import { GifSettingsPart } from './gif-settings.tsx';
import { MakeBar } from './make-bar.tsx';
import { OutputPanel } from './output-panel.tsx';
import { PlanLine } from './plan-line.tsx';
import { Player } from './player.tsx';
import { useWords } from '../../words/words-context.tsx';
import styles from './film-stage.module.css';

/** What becomes of the storyboard: the film to look at, what it will cost, and the file. */
export function FilmStage({ frame, onFrame }: { frame: number; onFrame: (frame: number) => void }) {
  const { film } = useWords();
  return (
    <section className={styles.stage} aria-label={film.stage}>
      <Player frame={frame} onFrame={onFrame} />
      <div className={styles.make}>
        <PlanLine />
        <GifSettingsPart />
        <MakeBar />
        <OutputPanel />
      </div>
    </section>
  );
}
