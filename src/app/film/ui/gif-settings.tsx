import { useState } from 'react';
import { limits } from '../../../domain/limits.ts';
import { gifSize, type GifSettings } from '../../../domain/video/gif.ts';
import { Disclosure } from '../../base/controls/disclosure.tsx';
import { Field } from '../../base/controls/field.tsx';
import { NumberInput } from '../../base/controls/number-input.tsx';
import { OptionalNumber } from './optional-number.tsx';
import { useFilmActions, useFilmProblems, useFilmState } from './use-film.tsx';
import { useWords } from '../../words/words-context.tsx';
import styles from './gif-settings.module.css';

/** What makes a GIF small enough to be sent; only while a GIF is what the film becomes. Open where something in it is wrong. */
export function GifSettingsPart() {
  const { film: words } = useWords();
  const format = useFilmState((state) => state.format);
  const [open, setOpen] = useState(false);
  const wrong = [...useFilmProblems().keys()].some((field) => field.startsWith('gif.'));
  return format === 'gif' ? (
    <Disclosure label={words.gif} open={open || wrong} onOpenChange={setOpen}>
      <GifFields />
    </Disclosure>
  ) : null;
}

function GifFields() {
  const { film: words } = useWords();
  const { changeFilm } = useFilmActions();
  const problems = useFilmProblems();
  const { width, height, fps, gif } = useFilmState(({ project }) => project);
  const change = (part: Partial<GifSettings>) => changeFilm({ gif: { ...gif, ...part } });
  const size = gifSize({ width, height }, gif);
  return (
    <div className={styles.gif} data-storyboard>
      <Field
        label={words.gifSize}
        problem={problems.get('gif.sizePercent')}
        hint={Number.isFinite(size.width) ? words.gifPixels(size.width, size.height) : undefined}
      >
        {(ids) => (
          <NumberInput
            {...ids}
            {...limits.film.gif.sizePercent}
            step={5}
            value={gif.sizePercent}
            onValue={(sizePercent) => change({ sizePercent })}
          />
        )}
      </Field>
      <OptionalNumber
        label={words.gifFps}
        value={gif.fps}
        filmValue={fps}
        onValue={(fps) => change({ fps })}
        problem={problems.get('gif.fps')}
      />
      <Field label={words.gifColours} problem={problems.get('gif.colours')}>
        {(ids) => (
          <NumberInput
            {...ids}
            {...limits.film.gif.colours}
            value={gif.colours}
            onValue={(colours) => change({ colours })}
          />
        )}
      </Field>
      <Field label={words.gifMost} problem={problems.get('gif.maxMegabytes')} hint={words.gifMostHint}>
        {(ids) => (
          <NumberInput
            {...ids}
            {...limits.film.gif.maxMegabytes}
            step="any"
            value={gif.maxMegabytes ?? NaN}
            onValue={(most) => change({ maxMegabytes: Number.isNaN(most) ? null : most })}
          />
        )}
      </Field>
    </div>
  );
}
