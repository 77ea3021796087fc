import { Heard } from '../../base/controls/heard.tsx';
import { lazy, Suspense } from 'react';
import { useAppState } from '../hooks.ts';
import type { QueueSlice } from '../queue-state.ts';
import { waitingOf } from '../queue-state.ts';
import { useWords } from '../../words/words-context.tsx';

const QueuePanel = lazy(() => import('./queue-panel.tsx'));

/** Nothing, as long as all that is being made is shown by the screen itself. */
export function QueueCorner({ screenId }: { screenId: string }) {
  const shown = useAppState((state) => isWorthShowing(state, screenId));
  return (
    <>
      <Suspense>{shown ? <QueuePanel /> : null}</Suspense>
      <Said />
    </>
  );
}

/** For those who hear the page: how many wait, whenever that changes. */
function Said() {
  const { queue } = useWords();
  const waiting = useAppState((state) => waitingOf(state.queue).length);
  return <Heard>{waiting === 0 ? '' : queue.waitingInQueue(waiting)}</Heard>;
}

function isWorthShowing({ queue }: QueueSlice, screenId: string): boolean {
  const [only, ...others] = queue.entries;
  if (queue.left.length > 0 || others.length > 0) return true;
  if (only?.state.status !== 'running') return only !== undefined;
  return only.job.kind !== screenId || (only.job.kind === 'film' && !only.state.atOnce);
}
