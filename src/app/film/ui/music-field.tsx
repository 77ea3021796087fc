import { Music, X } from 'lucide-react';
import { useId, useRef, useState } from 'react';
import { toPlainError } from '../../../domain/errors.ts';
import { IconButton } from '../../base/controls/icon-button.tsx';
import { useFilmActions, useFilmState } from './use-film.tsx';

/** A soundtrack: looped or cut to the film's length. */
export function MusicField() {
  const { chooseMusic, changeFilm } = useFilmActions();
  const music = useFilmState((state) => state.project.music);
  const unreadable = useFilmState(({ output }) =>
    output.status === 'failed' && output.error.field === 'music' ? output.error.message : null,
  );
  const [refused, setRefused] = useState<string | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const id = useId();
  const problem = refused ?? unreadable;
  const choose = async (file: File) => {
    try {
      await chooseMusic(file);
      setRefused(null);
    } catch (error) {
      setRefused(toPlainError(error).message);
    }
  };
  return (
    <div className="field">
      <span className="label" id={id}>
        Music
      </span>
      <div className="music-row">
        <button
          type="button"
          className="button outline"
          aria-describedby={id}
          onClick={() => input.current?.click()}
        >
          <Music size={17} aria-hidden />
          {music ? 'Choose another' : 'Choose an audio file'}
        </button>
        {music ? (
          <>
            <span className="music-name">{music.name}</span>
            <IconButton label="Remove the music" icon={X} onClick={() => changeFilm({ music: null })} />
          </>
        ) : null}
      </div>
      <input
        ref={input}
        hidden
        type="file"
        accept="audio/*"
        aria-label="Audio file"
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
      <p className="hint">Repeated or cut to the film’s length, fading out. In MP4 and WebM.</p>
    </div>
  );
}
