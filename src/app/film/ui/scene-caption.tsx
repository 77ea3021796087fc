import { useMemo } from 'react';
import { captionStyle, styledCaption } from '../../../domain/video/caption-style.ts';
import { sceneCaption, type FilmProject, type FilmScene } from '../../../domain/video/project.ts';
import { Field } from '../../base/controls/field.tsx';
import { useWords } from '../../words/words-context.tsx';
import { useFilmActions, useFilmState } from './use-film.tsx';

/** The words over a scene's picture, and those of them that find no room there. Loaded when captions are on. */
export default function SceneCaption({ scene }: { scene: FilmScene }) {
  const { film: words } = useWords();
  const { changeScene, changeFilm } = useFilmActions();
  const film = useFilmState((state) => state.project);
  const own = scene.caption !== null;
  const rest = useCaptionRest(film, scene);
  const smaller =
    film.captionSize === 'normal' ? (
      <button type="button" className="button small" onClick={() => changeFilm({ captionSize: 'small' })}>
        {words.smallerCaptions}
      </button>
    ) : null;
  return (
    <Field
      label={words.caption}
      hint={own ? words.captionEmpty : words.captionPrompt}
      problem={rest === '' ? undefined : words.captionCut(rest)}
      fix={smaller}
      aside={
        own ? (
          <button
            type="button"
            className="button small"
            onClick={() => changeScene(scene.id, { caption: null })}
          >
            {words.usePrompt}
          </button>
        ) : null
      }
    >
      {(ids) => (
        <textarea
          {...ids}
          className="input"
          dir="auto"
          rows={1}
          value={scene.caption ?? scene.prompt}
          onChange={(event) => changeScene(scene.id, { caption: event.target.value })}
        />
      )}
    </Field>
  );
}

/** Measured with the letters that the film is painted with. */
function useCaptionRest(film: FilmProject, scene: FilmScene): string {
  const text = sceneCaption(film, scene);
  const { captionSize, width, height } = film;
  return useMemo(() => {
    const context = document.createElement('canvas').getContext('2d');
    if (!context || !(width > 0 && height > 0)) return '';
    const style = captionStyle(captionSize, width, height);
    context.font = style.font;
    return styledCaption(text, style, (line) => context.measureText(line).width).rest;
  }, [text, captionSize, width, height]);
}
