import { lazy, Suspense, useEffect, useRef } from 'react';
import { useActions, useAppState } from '../hooks.ts';
import { Frame } from './frame.tsx';
import { RunBar } from './run-bar.tsx';
import { Strip } from './strip.tsx';
import { shownPicture } from '../picture-state.ts';
import { useWords } from '../../words/words-context.tsx';
import styles from './stage.module.css';

/** Nobody needs it before there is a picture. */
const PictureBar = lazy(() =>
  import('./picture-bar.tsx').then(({ PictureBar }) => ({ default: PictureBar })),
);

/** One large picture, what can be done with it, and those made before. */
export function Stage() {
  const words = useWords();
  const picture = useAppState(shownPicture);
  const running = useAppState((state) => state.run.status === 'running');
  useEscape();
  const stage = useRef<HTMLElement>(null);
  useEffect(() => {
    // On a phone the stage lies below the prompt.
    if (running) stage.current?.scrollIntoView({ behavior: 'smooth', block: 'nearest' });
  }, [running]);
  return (
    <section ref={stage} className={styles.stage} aria-label={words.picture.stage}>
      <Frame />
      <div className={styles.bar}>
        {running ? <RunBar /> : null}
        <Suspense>{picture ? <PictureBar picture={picture} /> : null}</Suspense>
      </div>
      <Strip />
    </section>
  );
}

/** Escape cancels a run, unless it closes something first. */
function useEscape(): void {
  const { cancel } = useActions();
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !event.defaultPrevented) cancel();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [cancel]);
}
