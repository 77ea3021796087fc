import { lazy, Suspense, useSyncExternalStore } from 'react';
import type { ApiPage } from '../start.ts';

const ApiPanel = lazy(() => import('./api-panel.tsx'));

/** Nothing, until a script asks for something. */
export function ApiCorner({ page }: { page: ApiPage }) {
  const jobs = useSyncExternalStore(page.subscribe, page.jobs);
  const asked = useSyncExternalStore(page.subscribe, page.consent.asked);
  const shown = jobs.some(({ state }) => state === 'queued' || state === 'running') || asked !== null;
  return <Suspense>{shown ? <ApiPanel page={page} jobs={jobs} asked={asked} /> : null}</Suspense>;
}
