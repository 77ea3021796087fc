import { Maximize2 } from 'lucide-react';
import { lazy, Suspense, useState, type CSSProperties } from 'react';
import { useAppState } from '../hooks.ts';
import type { PictureView } from '../picture-context.ts';
import type { RunProgress } from '../../engine/progress.ts';
import { shorten } from '../../base/format.ts';
import { Wheel } from '../../base/controls/wheel.tsx';
import { Failure } from './failure.tsx';
import { Forming } from './forming.tsx';
import { shownPicture, type Picture } from '../picture-state.ts';
import { useWords } from '../../words/words-context.tsx';

const EnlargeDialog = lazy(() => import('./enlarge-dialog.tsx'));

/** Keeps the shape of what it shows or will show, so that nothing moves when the picture appears. */
export function Frame() {
  const width = useAppState((state) => frameSize(state).width);
  const height = useAppState((state) => frameSize(state).height);
  const picture = useAppState(shownPicture);
  const run = useAppState((state) => state.run);
  const style = { '--ratio': width / height, '--natural': `${width}px` } as CSSProperties;
  return (
    <div className="frame-room">
      <div
        className="frame"
        style={style}
        data-empty={picture || run.status === 'running' ? undefined : true}
      >
        {picture ? <ShownPicture key={picture.id} picture={picture} /> : null}
        {!picture && run.status === 'running' ? (
          <Forming width={width} height={height} fraction={stepFraction(run.progress)} />
        ) : null}
        {!picture && run.status === 'failed' ? <Failure error={run.error} /> : null}
        {!picture && run.status !== 'running' && run.status !== 'failed' ? <Invitation /> : null}
      </div>
    </div>
  );
}

function stepFraction({ now }: RunProgress): number {
  if (now.phase === 'denoise') return now.step / now.steps;
  return now.phase === 'decode' ? 1 : 0;
}

const fallbackSize = 512;

function frameSize(state: PictureView): { width: number; height: number } {
  const { width, height } =
    shownPicture(state)?.recipe.settings ?? ('settings' in state.run ? state.run.settings : state.draft);
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
        className="picture-button"
        aria-label={words.picture.enlarge}
        onClick={() => setEnlarged(true)}
      >
        <img
          className="picture"
          src={picture.url}
          width={settings.width}
          height={settings.height}
          alt={shorten(settings.prompt, 200)}
        />
      </button>
      <span className="enlarge" aria-hidden>
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

function Invitation() {
  const { picture } = useWords();
  return (
    <div className="invitation">
      <Wheel size={72} />
      <p className="invitation-title">{picture.invitation}</p>
      <p>{picture.invitationHint}</p>
    </div>
  );
}
