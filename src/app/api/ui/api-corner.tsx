import { lazy, Suspense } from 'react';
import { useStore } from '../../base/store.ts';
import type { ApiPage } from '../start.ts';

const ApiPanel = lazy(() => import('./api-panel.tsx'));

/** Nothing, until a script asks for something. */
export function ApiCorner({ page }: { page: ApiPage }) {
  const { jobs, asked } = useStore(page.shown);
  const shown = jobs.some(({ state }) => state === 'queued' || state === 'running') || asked !== null;
  return <Suspense>{shown ? <ApiPanel page={page} jobs={jobs} asked={asked} /> : null}</Suspense>;
}
