import { lazy, useState } from 'react';
import { Field } from '../../base/controls/field.tsx';
import { useFilmActions, useFilmProblems, useFilmState } from './use-film.tsx';
import { useWords } from '../../words/words-context.tsx';
import styles from './film-text.module.css';
import { Disclosure } from '../../base/controls/disclosure.tsx';

const FilmSettings = lazy(() => import('./film-settings.tsx'));

/** What holds for all scenes: who is in them and how they look; everything else waits behind a button. */
export function FilmText() {
  const { film } = useWords();
  const texts = {
    hero: { label: film.hero, placeholder: film.heroHint },
    style: { label: film.style, placeholder: film.styleHint },
  };
  const { changeFilm } = useFilmActions();
  const { hero, style } = useFilmState((state) => state.project);
  const problems = useFilmProblems();
  const [open, setOpen] = useState(false);
  const wrong = [...problems.keys()].some((field) => !field.startsWith('scenes') && !(field in texts));
  return (
    <div className={styles.text}>
      {(['hero', 'style'] as const).map((field) => (
        <Field key={field} label={texts[field].label} problem={problems.get(field)}>
          {(ids) => (
            <textarea
              {...ids}
              className="input"
              rows={1}
              dir="auto"
              placeholder={texts[field].placeholder}
              value={field === 'hero' ? hero : style}
              onChange={(event) => changeFilm({ [field]: event.target.value })}
            />
          )}
        </Field>
      ))}
      <Disclosure label={film.settings} open={open || wrong} onOpenChange={setOpen}>
        <FilmSettings />
      </Disclosure>
    </div>
  );
}
