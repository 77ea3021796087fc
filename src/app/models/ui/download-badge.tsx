import { useEffect, useState } from 'react';
import { useOpenLibrary } from '../models-hooks.tsx';
import type { ModelsStore } from '../models-store.ts';
import { useWords } from '../../words/words-context.tsx';

/** How far a download is while its sheet is closed. */
export function DownloadBadge() {
  const library = useOpenLibrary();
  return library ? <Percent library={library} /> : null;
}

function Percent({ library: { store } }: { library: ModelsStore }) {
  const { models } = useWords();
  const [percent, setPercent] = useState(() => percentOf(store.getState().work));
  useEffect(() => store.subscribe(({ work }) => setPercent(percentOf(work))), [store]);
  return percent === null ? null : <span>{models.fetchingPercent(percent / 100)}</span>;
}

/** Of all that is being fetched; null when nothing is. */
function percentOf(work: ReturnType<ModelsStore['store']['getState']>['work']): number | null {
  const running = Object.values(work).filter((each) => each.kind === 'downloading');
  if (running.length === 0) return null;
  const total = running.reduce((sum, each) => sum + each.totalBytes, 0);
  return Math.floor((100 * running.reduce((sum, each) => sum + each.loadedBytes, 0)) / Math.max(1, total));
}
