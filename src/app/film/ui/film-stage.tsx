import { MakeBar } from './make-bar.tsx';
import { OutputPanel } from './output-panel.tsx';
import { PlanLine } from './plan-line.tsx';
import { Player } from './player.tsx';

/** What becomes of the storyboard: the film to look at, what it will cost, and the file. */
export function FilmStage({ frame, onFrame }: { frame: number; onFrame: (frame: number) => void }) {
  return (
    <section className="film-stage" aria-label="Film">
      <Player frame={frame} onFrame={onFrame} />
      <div className="film-make">
        <PlanLine />
        <MakeBar />
        <OutputPanel />
      </div>
    </section>
  );
}
