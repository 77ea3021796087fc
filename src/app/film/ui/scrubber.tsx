import { Slider } from 'radix-ui';
import type { FilmPlan, Segment } from '../../../domain/video/plan.ts';
import { useFilmState } from './use-film.tsx';
import { useWords } from '../../words/words-context.tsx';
import styles from './scrubber.module.css';

interface ScrubberProps {
  readonly plan: FilmPlan;
  readonly frame: number;
  readonly onFrame: (frame: number) => void;
}

/** The film as a strip: scenes as long as they last, with what is being shown marked. */
export function Scrubber({ plan, frame, onFrame }: ScrubberProps) {
  const { film } = useWords();
  return (
    <Slider.Root
      className={styles.scrubber}
      dir="ltr"
      min={0}
      max={Math.max(1, plan.totalFrames - 1)}
      step={1}
      value={[frame]}
      onValueChange={([next]) => next !== undefined && onFrame(next)}
    >
      <Slider.Track className={styles.track}>
        {plan.segments.map((segment) => (
          <Piece key={segment.start} segment={segment} />
        ))}
      </Slider.Track>
      <Slider.Thumb
        className={styles.thumb}
        aria-label={film.frame}
        aria-valuetext={film.frameOf(frame + 1, plan.totalFrames)}
      />
    </Slider.Root>
  );
}

function Piece({ segment }: { segment: Segment }) {
  const length = segment.end - segment.start;
  const url = useFilmState(({ project, urls }) => {
    const picture = segment.kind === 'scene' ? project.scenes[segment.scene]?.picture : null;
    return picture ? urls[picture.assetId] : undefined;
  });
  return (
    <span
      className={styles.piece}
      data-kind={segment.kind}
      style={{ flexGrow: length, ...(url && { backgroundImage: `url("${url}")` }) }}
      aria-hidden
    />
  );
}
