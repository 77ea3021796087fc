import { Music, Plus } from 'lucide-react';
import { useId, useRef, useState } from 'react';
import { AppError } from '../../../domain/errors.ts';
import { limits } from '../../../domain/limits.ts';
import { musicPieces } from '../../../domain/video/project.ts';
import { SwitchRow } from '../../base/controls/switch-row.tsx';
import { MusicPiece } from './music-piece.tsx';
import { useFilmActions, useFilmState } from './use-film.tsx';
import { useWords } from '../../words/words-context.tsx';
import styles from './music-field.module.css';

/** The soundtrack: pieces one after the other, looped or cut to the film's length. */
export function MusicField() {
  const { film } = useWords();
  const { chooseMusic, addMusic } = useFilmActions();
  const project = useFilmState((state) => state.project);
  const pieces = musicPieces(project);
  const unreadable = useFilmState(({ output }) =>
    output.status === 'failed' && output.error.field === 'music' ? output.error : null,
  );
  /** The name of a file that is no music. */
  const [refused, setRefused] = useState<string | null>(null);
  const id = useId();
  const problem = refused !== null ? film.notAudio(refused) : unreadable && film.musicUnreadable(unreadable);
  const taking = (take: (file: File) => Promise<void>) => async (file: File) => {
    try {
      await take(file);
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
      {pieces.map((piece, index) => (
        <MusicPiece key={`${piece.assetId} ${index}`} piece={piece} index={index} of={pieces.length} />
      ))}
      <div className={styles.row}>
        {pieces.length < 2 ? (
          <FileButton
            label={pieces.length === 0 ? film.musicChoose : film.musicOther}
            inputLabel={film.musicFile}
            icon={Music}
            describedBy={id}
            onFile={taking(chooseMusic)}
          />
        ) : null}
        {pieces.length > 0 && pieces.length < limits.film.musicPieces ? (
          <FileButton
            label={film.musicAdd}
            inputLabel={film.musicAddFile}
            icon={Plus}
            describedBy={id}
            onFile={taking(addMusic)}
          />
        ) : null}
      </div>
      {problem ? (
        <p className="problem" role="alert">
          {problem}
        </p>
      ) : null}
      <p className="hint">{film.musicHint}</p>
      {pieces.length === 0 ? <SilentTrack /> : null}
    </div>
  );
}

interface FileButtonProps {
  readonly label: string;
  readonly inputLabel: string;
  readonly icon: typeof Music;
  readonly describedBy: string;
  readonly onFile: (file: File) => Promise<void>;
}

function FileButton({ label, inputLabel, icon: Icon, describedBy, onFile }: FileButtonProps) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button
        type="button"
        className="button outline"
        aria-describedby={describedBy}
        onClick={() => input.current?.click()}
      >
        <Icon size={17} aria-hidden />
        {label}
      </button>
      <input
        ref={input}
        hidden
        type="file"
        accept="audio/*"
        aria-label={inputLabel}
        onChange={({ target }) => {
          const file = target.files?.[0];
          if (file) void onFile(file);
          target.value = '';
        }}
      />
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
