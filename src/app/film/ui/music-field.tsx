import { Music, X } from 'lucide-react';
import { useId, useRef, useState } from 'react';
import { limits } from '../../../domain/limits.ts';
import type { FilmMusic } from '../../../domain/video/project.ts';
import { AppError } from '../../../domain/errors.ts';
import { Field } from '../../base/controls/field.tsx';
import { NumberInput } from '../../base/controls/number-input.tsx';
import { SliderField } from '../../base/controls/slider-field.tsx';
import { SwitchRow } from '../../base/controls/switch-row.tsx';
import { IconButton } from '../../base/controls/icon-button.tsx';
import { useFilmActions, useFilmProblems, useFilmState } from './use-film.tsx';
import { useWords } from '../../words/words-context.tsx';
import styles from './music-field.module.css';

/** A soundtrack: looped or cut to the film's length. */
export function MusicField() {
  const { film } = useWords();
  const { chooseMusic, changeFilm } = useFilmActions();
  const music = useFilmState((state) => state.project.music);
  const unreadable = useFilmState(({ output }) =>
    output.status === 'failed' && output.error.field === 'music' ? output.error : null,
  );
  /** The name of a file that is no music. */
  const [refused, setRefused] = useState<string | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const id = useId();
  const problem = refused !== null ? film.notAudio(refused) : unreadable && film.musicUnreadable(unreadable);
  const choose = async (file: File) => {
    try {
      await chooseMusic(file);
      setRefused(null);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      setRefused(file.name);
    }
  };
  return (
    <div className="field">
      <span className="label" id={id}>
        {film.music}
      </span>
      <div className={styles.row}>
        <button
          type="button"
          className="button outline"
          aria-describedby={id}
          onClick={() => input.current?.click()}
        >
          <Music size={17} aria-hidden />
          {music ? film.musicOther : film.musicChoose}
        </button>
        {music ? (
          <>
            <span className={styles.name} dir="auto">
              {music.name}
            </span>
            <IconButton label={film.musicRemove} icon={X} onClick={() => changeFilm({ music: null })} />
          </>
        ) : null}
      </div>
      <input
        ref={input}
        hidden
        type="file"
        accept="audio/*"
        aria-label={film.musicFile}
        onChange={({ target }) => {
          const file = target.files?.[0];
          if (file) void choose(file);
          target.value = '';
        }}
      />
      {problem ? (
        <p className="problem" role="alert">
          {problem}
        </p>
      ) : null}
      <p className="hint">{film.musicHint}</p>
      {music ? <MusicSettings music={music} /> : <SilentTrack />}
    </div>
  );
}

function MusicSettings({ music }: { music: FilmMusic }) {
  const { film } = useWords();
  const { changeFilm } = useFilmActions();
  const problems = useFilmProblems();
  const change = (part: Partial<FilmMusic>) => changeFilm({ music: { ...music, ...part } });
  return (
    <>
      <SliderField
        label={film.musicVolume}
        {...limits.film.volumePercent}
        step={1}
        value={music.volumePercent}
        onValue={(volumePercent) => change({ volumePercent })}
        problem={problems.get('music.volumePercent')}
      />
      <Field label={film.musicStart} problem={problems.get('music.startSec')}>
        {(ids) => (
          <NumberInput
            {...ids}
            min={0}
            step="any"
            value={music.startSec}
            onValue={(startSec) => change({ startSec })}
          />
        )}
      </Field>
    </>
  );
}

function SilentTrack() {
  const { film } = useWords();
  const { changeFilm } = useFilmActions();
  const silentTrack = useFilmState(({ project }) => project.silentTrack);
  return (
    <SwitchRow
      label={film.silentTrack}
      hint={film.silentTrackHint}
      checked={silentTrack}
      onChecked={(on) => changeFilm({ silentTrack: on })}
    />
  );
}
