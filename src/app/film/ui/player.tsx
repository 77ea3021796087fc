import { Pause, Play } from 'lucide-react';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { AppError, type ErrorCode } from '../../../domain/errors.ts';
import type { FilmPlan } from '../../../domain/video/plan.ts';
import { frameTime } from '../../../domain/video/rates.ts';
import { playablePlan } from '../film-player.ts';
import { IconButton } from '../../base/controls/icon-button.tsx';
import { Invitation } from '../../base/controls/invitation.tsx';
import { PictureRoom } from '../../picture/ui/picture-room.tsx';
import { Scrubber } from './scrubber.tsx';
import { Soundtrack } from './soundtrack.tsx';
import { useFilm, useFilmState } from './use-film.tsx';
import { usePlayback } from './use-playback.ts';
import { useWords } from '../../words/words-context.tsx';
import styles from './player.module.css';

interface PlayerProps {
  readonly frame: number;
  readonly onFrame: (frame: number) => void;
}

/** The film as it is now, before any file is written. Its bar runs from left to right in every language, as players do. */
export function Player({ frame, onFrame }: PlayerProps) {
  const { film } = useWords();
  const project = useFilmState((state) => state.project);
  const plan = useMemo(() => playablePlan(project), [project]);
  const anyPicture = project.scenes.some(({ picture }) => picture !== null);
  const last = (plan?.totalFrames ?? 1) - 1;
  const shown = Math.min(frame, last);
  const { playing, toggle, stop } = usePlayback(plan, shown, onFrame);
  return (
    <div className={styles.player} data-player>
      <PictureRoom width={project.width} height={project.height}>
        {plan && anyPicture ? (
          <Screen plan={plan} frame={shown} />
        ) : (
          <Invitation title={film.invitation} hint={film.invitationHint} />
        )}
      </PictureRoom>
      {plan && anyPicture ? (
        <div className={styles.bar} dir="ltr">
          <IconButton
            label={playing ? film.pause : film.play}
            icon={playing ? Pause : Play}
            className="outline"
            onClick={toggle}
          />
          <Scrubber
            plan={plan}
            frame={shown}
            onFrame={(next) => {
              stop();
              onFrame(next);
            }}
          />
          <p className={styles.time}>{film.time(frameTime(shown, plan.shape.fps), plan.totalDurationSec)}</p>
          <Soundtrack plan={plan} frame={shown} playing={playing} />
        </div>
      ) : null}
    </div>
  );
}

function Screen({ plan, frame }: { plan: FilmPlan; frame: number }) {
  const { film, errors } = useWords();
  const { player } = useFilm();
  const look = useFilmState(({ project, urls }) => urls && player.look(project));
  const { width, height } = useFilmState(({ project }) => project);
  const canvas = useRef<HTMLCanvasElement>(null);
  const [problem, setProblem] = useState<ErrorCode | null>(null);
  const draw = useLatest(
    async (index: number) => {
      const bitmap = await player.frame(index);
      canvas.current?.getContext('bitmaprenderer')?.transferFromImageBitmap(bitmap);
      if (canvas.current) canvas.current.dataset['frame'] = String(index);
      setProblem(null);
    },
    (error) => setProblem(error instanceof AppError ? error.code : 'internal'),
  );
  useEffect(() => {
    if (look !== null) draw(frame);
  }, [draw, frame, look]);
  return (
    <>
      <canvas
        ref={canvas}
        className={styles.canvas}
        width={width}
        height={height}
        role="img"
        aria-label={film.frameOf(frame + 1, plan.totalFrames)}
      />
      {problem ? <p className={`${styles.problem} problem`}>{errors[problem].title}</p> : null}
    </>
  );
}

/** One at a time, and of those that were asked for meanwhile only the last. */
function useLatest(
  act: (value: number) => Promise<void>,
  onError: (error: unknown) => void,
): (value: number) => void {
  const state = useRef<{ running: boolean; next: number | null }>({ running: false, next: null });
  const latest = useRef({ act, onError });
  useEffect(() => {
    latest.current = { act, onError };
  });
  return useCallback((value: number) => {
    state.current.next = value;
    if (state.current.running) return;
    state.current.running = true;
    const loop = async () => {
      try {
        for (let next = state.current.next; next !== null; next = state.current.next) {
          state.current.next = null;
          await latest.current.act(next);
        }
      } catch (error) {
        latest.current.onError(error);
      } finally {
        state.current.running = false;
      }
    };
    void loop();
  }, []);
}
