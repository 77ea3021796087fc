import { useCallback, useEffect, useRef, useState } from 'react';
import { framesIn } from '../../../domain/video/rates.ts';
import type { FilmPlan } from '../../../domain/video/plan.ts';

/** Frames by the clock: where drawing is slower than the film, frames are left out and the film keeps its speed. */
export function usePlayback(plan: FilmPlan | null, frame: number, onFrame: (frame: number) => void) {
  const [playing, setPlaying] = useState(false);
  const now = useRef({ frame, onFrame });
  useEffect(() => {
    now.current = { frame, onFrame };
  });

  useEffect(() => {
    if (!playing || !plan) return;
    const { fps } = plan.shape;
    const last = plan.totalFrames - 1;
    const first = now.current.frame >= last ? 0 : now.current.frame;
    let beganMs: number | null = null;
    let request = requestAnimationFrame(function tick(nowMs) {
      beganMs ??= nowMs;
      const next = Math.min(last, first + framesIn((nowMs - beganMs) / 1000, fps));
      if (next !== now.current.frame) now.current.onFrame(next);
      if (next >= last) setPlaying(false);
      else request = requestAnimationFrame(tick);
    });
    return () => cancelAnimationFrame(request);
  }, [playing, plan]);

  // Nobody looks, and a hidden page gets no frames to draw: it would jump when it is seen again.
  useEffect(() => {
    const pause = () => document.visibilityState === 'hidden' && setPlaying(false);
    document.addEventListener('visibilitychange', pause);
    return () => document.removeEventListener('visibilitychange', pause);
  }, []);

  const toggle = useCallback(() => setPlaying((before) => !before), []);
  const stop = useCallback(() => setPlaying(false), []);
  return { playing: playing && plan !== null, toggle, stop };
}
