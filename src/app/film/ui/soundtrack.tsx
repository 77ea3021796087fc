import { Volume2, VolumeX } from 'lucide-react';
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { trackJump, volumeAt } from '../../../domain/video/music.ts';
import { frameTime } from '../../../domain/video/rates.ts';
import { musicPieces, type FilmMusic, type FilmProject } from '../../../domain/video/project.ts';
import type { FilmPlan } from '../../../domain/video/plan.ts';
import { IconButton } from '../../base/controls/icon-button.tsx';
import { useFilm, useFilmState } from './use-film.tsx';
import { useWords } from '../../words/words-context.tsx';

interface SoundtrackProps {
  readonly plan: FilmPlan;
  readonly frame: number;
  readonly playing: boolean;
}

type Heard = Pick<FilmMusic, 'volumePercent' | 'startSec'>;

/** The music as the file will have it: it follows the frames that are shown. */
export function Soundtrack(props: SoundtrackProps) {
  const project = useFilmState((state) => state.project);
  const urls = useFilmState((state) => state.urls);
  /** The file that this browser cannot play. */
  const [unplayable, setUnplayable] = useState<string | null>(null);
  const [piece, ...others] = musicPieces(project);
  const url = piece && urls[piece.assetId];
  if (!piece || !url) return null;
  if (others.length > 0 || unplayable === url) return <Decoded project={project} {...props} />;
  return <Track key={url} url={url} heard={piece} onUnplayable={() => setUnplayable(url)} {...props} />;
}

/** What is being typed or dragged is not decoded. */
const settledMs = 400;
const wholly: Heard = { volumePercent: 100, startSec: 0 };

/** Several pieces, or one that only ffmpeg can read: played from the very samples that the file will have. */
function Decoded({ project, ...props }: SoundtrackProps & { readonly project: FilmProject }) {
  const { film } = useWords();
  const { player } = useFilm();
  const [track, setTrack] = useState<{ url: string } | 'failed' | null>(null);
  const pieces = musicPieces(project);
  const filmSec = props.plan.totalDurationSec;
  const name = JSON.stringify([pieces, filmSec]);
  const latest = useRef(project);
  useEffect(() => {
    latest.current = project;
  });
  useEffect(() => {
    let url: string | null = null;
    let current = true;
    const timer = setTimeout(() => {
      player.soundtrack(latest.current, filmSec).then(
        (file) => {
          if (!current) return;
          url = URL.createObjectURL(file);
          setTrack({ url });
        },
        // What is wrong with it is told when the film is written.
        () => current && setTrack('failed'),
      );
    }, settledMs);
    return () => {
      current = false;
      clearTimeout(timer);
      setTrack(null);
      if (url !== null) URL.revokeObjectURL(url);
    };
  }, [player, name, filmSec]);
  if (track === null || track === 'failed') {
    const label = track === null ? film.musicPreparing : film.musicUnplayable;
    return <IconButton label={label} icon={VolumeX} disabled />;
  }
  const [only] = pieces;
  return (
    <Track
      key={track.url}
      url={track.url}
      heard={pieces.length === 1 && only ? only : wholly}
      onUnplayable={() => setTrack('failed')}
      {...props}
    />
  );
}

interface TrackProps extends SoundtrackProps {
  readonly url: string;
  readonly heard: Heard;
  readonly onUnplayable: () => void;
}

function Track({ url, heard, onUnplayable, plan, frame, playing }: TrackProps) {
  const { film } = useWords();
  const audio = useRef<HTMLAudioElement>(null);
  const [muted, setMuted] = useState(false);
  const atSec = frameTime(frame, plan.shape.fps);
  const { totalDurationSec } = plan;
  const follow = useCallback(() => {
    if (audio.current) followFilm(audio.current, heard, atSec, totalDurationSec, playing);
  }, [heard, atSec, totalDurationSec, playing]);
  useLayoutEffect(follow, [follow]);
  return (
    <>
      <audio
        ref={audio}
        src={url}
        loop
        preload="auto"
        muted={muted}
        onLoadedMetadata={follow}
        onError={onUnplayable}
      />
      <IconButton
        label={muted ? film.unmute : film.mute}
        icon={muted ? VolumeX : Volume2}
        onClick={() => setMuted(!muted)}
      />
    </>
  );
}

function followFilm(
  audio: HTMLAudioElement,
  { volumePercent, startSec }: Heard,
  atSec: number,
  filmSec: number,
  playing: boolean,
): void {
  audio.volume = (volumePercent / 100) * volumeAt(atSec, filmSec);
  const { currentTime, duration, seeking } = audio;
  const jump = trackJump({ atSec: currentTime, trackSec: duration, playing }, startSec + atSec);
  // A jump takes a moment; asked for again at every frame it would never arrive.
  if (jump !== null && !(playing && seeking)) audio.currentTime = jump;
  if (!playing) audio.pause();
  // It is refused where the music cannot be read, which `onError` tells, and cut short by a pause.
  else if (audio.paused) void audio.play().catch(() => undefined);
}
