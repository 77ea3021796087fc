import { Volume2, VolumeX } from 'lucide-react';
import { useCallback, useLayoutEffect, useRef, useState } from 'react';
import { trackJump, volumeAt } from '../../../domain/video/music.ts';
import { frameTime } from '../../../domain/video/rates.ts';
import type { FilmMusic } from '../../../domain/video/project.ts';
import type { FilmPlan } from '../../../domain/video/plan.ts';
import { IconButton } from '../../base/controls/icon-button.tsx';
import { useFilmState } from './use-film.tsx';
import { useWords } from '../../words/words-context.tsx';

interface SoundtrackProps {
  readonly plan: FilmPlan;
  readonly frame: number;
  readonly playing: boolean;
}

/** The music as the file will have it: it follows the frames that are shown. */
export function Soundtrack(props: SoundtrackProps) {
  const music = useFilmState(({ project }) => project.music);
  const url = useFilmState(({ urls }) => music && urls[music.assetId]);
  return music && url ? <Track key={url} url={url} music={music} {...props} /> : null;
}

interface TrackProps extends SoundtrackProps {
  readonly url: string;
  readonly music: FilmMusic;
}

function Track({ url, music, plan, frame, playing }: TrackProps) {
  const { film } = useWords();
  const audio = useRef<HTMLAudioElement>(null);
  const [muted, setMuted] = useState(false);
  const [unplayable, setUnplayable] = useState(false);
  const atSec = frameTime(frame, plan.shape.fps);
  const { totalDurationSec } = plan;
  const follow = useCallback(() => {
    if (audio.current) followFilm(audio.current, music, atSec, totalDurationSec, playing);
  }, [music, atSec, totalDurationSec, playing]);
  useLayoutEffect(follow, [follow]);
  const label = unplayable ? film.musicUnplayable : muted ? film.unmute : film.mute;
  return (
    <>
      <audio
        ref={audio}
        src={url}
        loop
        preload="auto"
        muted={muted}
        onLoadedMetadata={follow}
        onError={() => setUnplayable(true)}
      />
      <IconButton
        label={label}
        icon={muted || unplayable ? VolumeX : Volume2}
        disabled={unplayable}
        onClick={() => setMuted(!muted)}
      />
    </>
  );
}

function followFilm(
  audio: HTMLAudioElement,
  { volumePercent, startSec }: FilmMusic,
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
