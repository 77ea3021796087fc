import { ArrowDown, ArrowUp, X } from 'lucide-react';
import { limits } from '../../../domain/limits.ts';
import { musicField } from '../../../domain/video/check-film.ts';
import type { FilmMusic } from '../../../domain/video/project.ts';
import { Field } from '../../base/controls/field.tsx';
import { IconButton } from '../../base/controls/icon-button.tsx';
import { NumberInput } from '../../base/controls/number-input.tsx';
import { SliderField } from '../../base/controls/slider-field.tsx';
import { useFilmActions, useFilmProblems } from './use-film.tsx';
import { useWords } from '../../words/words-context.tsx';
import styles from './music-field.module.css';

interface MusicPieceProps {
  readonly piece: FilmMusic;
  readonly index: number;
  readonly of: number;
}

/** One piece of the soundtrack: where it stands among the others, how loud, and from where. */
export function MusicPiece({ piece, index, of }: MusicPieceProps) {
  const { film } = useWords();
  const { changeMusic, moveMusic, removeMusic } = useFilmActions();
  const problems = useFilmProblems();
  const { name, volumePercent, startSec } = piece;
  const isOnly = of === 1;
  return (
    <div className={styles.piece} role="group" aria-label={name}>
      <div className={styles.row}>
        <span className={styles.name} dir="auto">
          {name}
        </span>
        {isOnly ? null : (
          <>
            <IconButton
              label={film.musicEarlier(name)}
              icon={ArrowUp}
              disabled={index === 0}
              onClick={() => moveMusic(index, index - 1)}
            />
            <IconButton
              label={film.musicLater(name)}
              icon={ArrowDown}
              disabled={index === of - 1}
              onClick={() => moveMusic(index, index + 1)}
            />
          </>
        )}
        <IconButton
          label={isOnly ? film.musicRemove : film.musicRemoveOne(name)}
          icon={X}
          onClick={() => removeMusic(index)}
        />
      </div>
      <SliderField
        label={film.musicVolume}
        {...limits.film.volumePercent}
        step={1}
        value={volumePercent}
        onValue={(volumePercent) => changeMusic(index, { volumePercent })}
        problem={problems.get(musicField(index, 'volumePercent'))}
      />
      <Field label={film.musicStart} problem={problems.get(musicField(index, 'startSec'))}>
        {(ids) => (
          <NumberInput
            {...ids}
            min={0}
            step="any"
            value={startSec}
            onValue={(startSec) => changeMusic(index, { startSec })}
          />
        )}
      </Field>
    </div>
  );
}
