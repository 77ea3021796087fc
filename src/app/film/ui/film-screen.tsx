import { Heard } from '../../base/controls/heard.tsx';
import { useState } from 'react';
import { filmStoreOf } from '../open-film.ts';
import { useApp } from '../hooks.ts';
import { Wheel } from '../../base/controls/wheel.tsx';
import { Elsewhere } from './elsewhere.tsx';
import { FilmStage } from './film-stage.tsx';
import { Storyboard } from './storyboard.tsx';
import { FilmProvider, useFilmState } from './use-film.tsx';
import { messageWords } from '../../words/message.ts';
import { useWords } from '../../words/words-context.tsx';
import styles from './film-screen.module.css';

/** Scenes become a film. */
export default function FilmScreen() {
  const app = useApp();
  return (
    <FilmProvider film={filmStoreOf(app)}>
      <Film />
    </FilmProvider>
  );
}

function Film() {
  const { film } = useWords();
  const opened = useFilmState((state) => state.opened);
  const elsewhere = useFilmState((state) => state.elsewhere);
  /** The frame that the player shows. */
  const [frame, setFrame] = useState(0);
  if (!opened) {
    return (
      <div className={styles.opening} role="status">
        <Wheel size={48} spinning />
        <span className="visually-hidden">{film.opening}</span>
      </div>
    );
  }
  return (
    <div className={styles.screen}>
      <h1 className="visually-hidden">{film.heading}</h1>
      {elsewhere ? <Elsewhere /> : null}
      <div className={styles.halves} inert={elsewhere}>
        <Storyboard
          onShow={(shown) => {
            setFrame(shown);
            document.querySelector('[data-player]')?.scrollIntoView({ block: 'nearest' });
          }}
        />
        <FilmStage frame={frame} onFrame={setFrame} />
      </div>
      <Said />
    </div>
  );
}

function Said() {
  const words = useWords();
  const said = useFilmState((state) => state.said);
  return <Heard>{said && messageWords(words, said)}</Heard>;
}
