import { ChevronLeft, ChevronRight } from 'lucide-react';
import type { KeyboardEvent } from 'react';
import type { Work } from '../../../domain/recipe/work.ts';
import { neighbour } from '../gallery-state.ts';
import { IconButton } from '../../base/controls/icon-button.tsx';
import { Viewer, ViewerBar } from '../../base/controls/viewer.tsx';
import { shorten } from '../../base/format.ts';
import { useGallery } from '../gallery-hooks.tsx';
import { useWorkFile } from './use-work-file.ts';
import { useZoom } from '../../base/controls/use-zoom.ts';
import { WorkActions } from './work-actions.tsx';
import { WorkFacts } from './work-facts.tsx';
import { Zoomable } from '../../base/controls/zoomable.tsx';
import { useWords } from '../../words/words-context.tsx';
import { forward, readingKey } from '../../base/reading.ts';
import styles from './work-viewer.module.css';

/** One work, as large as the window. Arrow keys and swipes lead to the next, in the order of the grid. */
export default function WorkViewer({ id, order }: { id: string; order: readonly Work[] }) {
  const { format } = useWords();
  const { store, actions } = useGallery();
  const work = store.getState().works.find((other) => other.id === id);
  const ids = order.map((other) => other.id);
  const step = (steps: number) => {
    const next = neighbour(ids, id, steps);
    if (next !== undefined) actions.open(next);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const inMedia = event.target instanceof HTMLMediaElement;
    const key = readingKey(event.key);
    if (inMedia || (key !== 'ArrowRight' && key !== 'ArrowLeft')) return;
    event.preventDefault();
    step(key === 'ArrowRight' ? 1 : -1);
  };
  if (!work) return null;
  return (
    <Viewer onClose={() => actions.open(null)} onKeyDown={onKeyDown}>
      <OneWork
        key={id}
        work={work}
        place={format.of(ids.indexOf(id) + 1, ids.length)}
        onStep={step}
        first={neighbour(ids, id, -1) === undefined}
        last={neighbour(ids, id, 1) === undefined}
      />
    </Viewer>
  );
}

interface OneWorkProps {
  readonly work: Work;
  readonly place: string;
  readonly first: boolean;
  readonly last: boolean;
  readonly onStep: (steps: number) => void;
}

function OneWork({ work, place, first, last, onStep }: OneWorkProps) {
  const { gallery: words, common, errors, format } = useWords();
  const { gallery, thumbnails } = useGallery();
  const loaded = useWorkFile(gallery, work.id);
  const zoom = useZoom(work);
  const url = loaded.status === 'ready' ? loaded.url : (thumbnails.peek(work.id) ?? null);
  // A GIF moves by itself, and no browser plays it as a film.
  const isImage = work.mediaType.startsWith('image/');
  const name = shorten(work.text, 200) || common.noPrompt;
  return (
    <>
      <ViewerBar
        title={
          <>
            {place}
            <span className={styles.date}> · {format.date(work.createdAtMs)}</span>
          </>
        }
        zoom={isImage ? zoom.buttons : null}
      />
      <div className={isImage ? `${styles.stage} ${styles.swiped}` : styles.stage}>
        {loaded.status === 'failed' ? (
          <p className={styles.failure}>{errors[loaded.error.code].title}</p>
        ) : isImage ? (
          <Zoomable url={url} alt={name} zoom={zoom} onSwipe={(steps) => onStep(steps * forward())} />
        ) : (
          <video
            className={styles.film}
            controls
            loop
            playsInline
            aria-label={name}
            src={loaded.status === 'ready' ? loaded.url : undefined}
          />
        )}
        <IconButton
          className={`${styles.step} ${styles.before}`}
          label={words.previous}
          icon={ChevronLeft}
          disabled={first}
          onClick={() => onStep(-1)}
        />
        <IconButton
          className={`${styles.step} ${styles.after}`}
          label={words.next}
          icon={ChevronRight}
          disabled={last}
          onClick={() => onStep(1)}
        />
      </div>
      <div className={styles.foot}>
        <WorkFacts work={work} />
        <WorkActions work={work} file={loaded.status === 'ready' ? loaded.file : null} />
      </div>
    </>
  );
}
