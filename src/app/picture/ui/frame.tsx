import { Maximize2 } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { useAppState } from '../hooks.ts';
import type { PictureView } from '../picture-context.ts';
import type { RunProgress } from '../../engine/progress.ts';
import { shorten } from '../../base/format.ts';
import { Invitation } from '../../base/controls/invitation.tsx';
import { Failure } from './failure.tsx';
import { Forming } from './forming.tsx';
import { PictureRoom } from './picture-room.tsx';
import { shownPicture, type Picture } from '../picture-state.ts';
import { useWords } from '../../words/words-context.tsx';
import styles from './frame.module.css';

const EnlargeDialog = lazy(() => import('./enlarge-dialog.tsx'));

/** What the stage shows: a picture, one in the making, why there is none, or an invitation. */
export function Frame() {
  const width = useAppState((state) => frameSize(state).width);
  const height = useAppState((state) => frameSize(state).height);
  const picture = useAppState(shownPicture);
  const run = useAppState((state) => state.run);
  const { picture: words } = useWords();
  return (
    <PictureRoom width={width} height={height}>
      {picture ? <ShownPicture key={picture.id} picture={picture} /> : null}
      {!picture && run.status === 'running' ? (
        <Forming width={width} height={height} fraction={stepFraction(run.progress)} />
      ) : null}
      {!picture && run.status === 'failed' ? <Failure error={run.error} /> : null}
      {!picture && run.status !== 'running' && run.status !== 'failed' ? (
        <Invitation title={words.invitation} hint={words.invitationHint} />
      ) : null}
    </PictureRoom>
  );
}

function stepFraction({ now }: RunProgress): number {
  if (now.phase === 'denoise') return now.call / now.calls;
  if (now.phase === 'elsewhere') return now.fraction ?? 0;
  return now.phase === 'decode' ? 1 : 0;
}

const fallbackSize = 512;

function frameSize(state: PictureView): { width: number; height: number } {
  const { width, height } =
    shownPicture(state) ?? ('settings' in state.run ? state.run.settings : state.draft);
  return width > 0 && height > 0 ? { width, height } : { width: fallbackSize, height: fallbackSize };
}

function ShownPicture({ picture }: { picture: Picture }) {
  const words = useWords();
  const [enlarged, setEnlarged] = useState(false);
  const { settings } = picture.recipe;
  return (
    <>
      <button
        type="button"
        className={styles.button}
        aria-label={words.picture.enlarge}
        onClick={() => setEnlarged(true)}
      >
        <img
          className={styles.picture}
          src={picture.url}
          width={picture.width}
          height={picture.height}
          alt={shorten(settings.prompt, 200)}
        />
      </button>
      <span className={styles.enlarge} aria-hidden>
        <Maximize2 size={16} />
      </span>
      {enlarged ? (
        <Suspense>
          <EnlargeDialog picture={picture} onClose={() => setEnlarged(false)} />
        </Suspense>
      ) : null}
    </>
  );
}
