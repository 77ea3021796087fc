import { Images } from 'lucide-react';
import { lazy, Suspense, use, useDeferredValue, useEffect, useMemo, useState } from 'react';
import { useApp } from '../../shell/app-hooks.tsx';
import type { AppStore } from '../../shell/app-store.ts';
import { visibleWorks } from '../gallery-state.ts';
import { createGalleryStore } from '../gallery-store.ts';
import type { Gallery } from '../storage/gallery.ts';
import { errorWords } from '../../base/error-words.ts';
import '../../base/styles/gallery.css';
import { GalleryContext, useGalleryState } from '../gallery-hooks.tsx';
import { GalleryHead } from './gallery-head.tsx';
import { createThumbnailCache } from '../storage/thumbnail-cache.ts';
import { WorkGrid } from './work-grid.tsx';

const WorkViewer = lazy(() => import('./work-viewer.tsx'));
const CompareDialog = lazy(() => import('./compare-dialog.tsx'));

export default function GalleryScreen() {
  const app = useApp();
  const [opening] = useState(() => app.keeping?.gallery() ?? null);
  if (!opening)
    return <Message title="There is no gallery here" advice="This page does not keep its works." />;
  return <OpenGallery app={app} gallery={use(opening)} />;
}

function OpenGallery({ app, gallery }: { app: AppStore; gallery: Gallery }) {
  const [{ store, actions, follow }] = useState(() =>
    createGalleryStore({
      gallery,
      usage: () => app.keeping?.usage() ?? Promise.resolve(null),
      tell: app.actions.tell,
    }),
  );
  const [thumbnails] = useState(() =>
    createThumbnailCache(gallery, {
      create: (file) => URL.createObjectURL(file),
      revoke: (url) => URL.revokeObjectURL(url),
    }),
  );
  useEffect(follow, [follow]);
  useEffect(() => () => thumbnails.clear(), [thumbnails]);
  const tools = useMemo(
    () => ({ store, actions, gallery, thumbnails }),
    [store, actions, gallery, thumbnails],
  );
  return (
    <GalleryContext value={tools}>
      <Works />
    </GalleryContext>
  );
}

function Works() {
  const load = useGalleryState((state) => state.load);
  const works = useGalleryState((state) => state.works);
  const filter = useGalleryState((state) => state.filter);
  const search = useDeferredValue(useGalleryState((state) => state.search));
  const openId = useGalleryState((state) => state.openId);
  const comparing = useGalleryState((state) => state.comparing);
  const visible = useMemo(() => visibleWorks(works, search, filter), [works, search, filter]);
  return (
    <div className="gallery">
      <h1 className="visually-hidden">Gallery</h1>
      <GalleryHead visible={visible} />
      {load.status === 'failed' ? <Message {...errorWords[load.error.code]} /> : null}
      {load.status === 'ready' && works.length === 0 ? <Message {...empty} /> : null}
      {works.length > 0 && visible.length === 0 ? <Message {...notFound} /> : null}
      <WorkGrid works={visible} />
      <Suspense>
        {openId === null ? null : <WorkViewer id={openId} order={visible} />}
        {comparing ? <CompareDialog pair={comparing} /> : null}
      </Suspense>
    </div>
  );
}

const empty = {
  title: 'Nothing here yet',
  advice: 'Every picture and film you make is kept here by itself, in this browser and nowhere else.',
};
const notFound = { title: 'No work fits', advice: 'Try other words, or show all.' };

function Message({ title, advice }: { title: string; advice: string }) {
  return (
    <div className="gallery-message">
      <Images size={40} strokeWidth={1.25} aria-hidden />
      <p className="invitation-title">{title}</p>
      <p>{advice}</p>
    </div>
  );
}
