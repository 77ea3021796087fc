import { ChevronRight } from 'lucide-react';
import { Collapsible } from 'radix-ui';
import { lazy, Suspense, useState } from 'react';
import { Field } from '../../base/controls/field.tsx';
import { useFilmActions, useFilmProblems, useFilmState } from './use-film.tsx';
import { useWords } from '../../words/words-context.tsx';

const FilmSettings = lazy(() => import('./film-settings.tsx'));

/** What holds for all scenes: who is in them and how they look; everything else waits behind a button. */
export function FilmText() {
  const { film, common } = useWords();
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
    <div className="film-text">
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
      <Collapsible.Root open={open || wrong} onOpenChange={setOpen}>
        <Collapsible.Trigger className="button disclosure">
          <ChevronRight className="pointing" size={18} aria-hidden />
          {film.settings}
        </Collapsible.Trigger>
        <Collapsible.Content>
          <Suspense fallback={<p className="hint">{common.loading}</p>}>
            <FilmSettings />
          </Suspense>
        </Collapsible.Content>
      </Collapsible.Root>
    </div>
  );
}
