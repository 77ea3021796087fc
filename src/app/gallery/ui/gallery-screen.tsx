import { Images } from 'lucide-react';
import { lazy, Suspense, use, useDeferredValue, useEffect, useMemo, useState } from 'react';
import { useApp } from '../hooks.ts';
import type { GalleryPage } from '../hooks.ts';
import { visibleWorks } from '../gallery-state.ts';
import { createGalleryStore } from '../gallery-store.ts';
import type { Gallery } from '../storage/gallery.ts';
import { GalleryContext, useGalleryState } from '../gallery-hooks.tsx';
import { GalleryHead } from './gallery-head.tsx';
import { createThumbnailCache } from '../storage/thumbnail-cache.ts';
import { WorkGrid } from './work-grid.tsx';
import { useWords } from '../../words/words-context.tsx';
import styles from './gallery-screen.module.css';

const WorkViewer = lazy(() => import('./work-viewer.tsx'));
const CompareDialog = lazy(() => import('./compare-dialog.tsx'));

export default function GalleryScreen() {
  const { gallery } = useWords();
  const app = useApp();
  const [opening] = useState(() => app.keeping?.gallery() ?? null);
  if (!opening) return <Message title={gallery.none} advice={gallery.noneHint} />;
  return <OpenGallery app={app} gallery={use(opening)} />;
}

function OpenGallery({ app, gallery }: { app: GalleryPage; gallery: Gallery }) {
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
  const { gallery, errors } = useWords();
  const load = useGalleryState((state) => state.load);
  const works = useGalleryState((state) => state.works);
  const filter = useGalleryState((state) => state.filter);
  const search = useDeferredValue(useGalleryState((state) => state.search));
  const openId = useGalleryState((state) => state.openId);
  const comparing = useGalleryState((state) => state.comparing);
  const visible = useMemo(() => visibleWorks(works, search, filter), [works, search, filter]);
  return (
    <div className={styles.gallery}>
      <h1 className="visually-hidden">{gallery.title}</h1>
      <GalleryHead visible={visible} />
      {load.status === 'failed' ? <Message {...errors[load.error.code]} /> : null}
      {load.status === 'ready' && works.length === 0 ? (
        <Message title={gallery.empty} advice={gallery.emptyHint} />
      ) : null}
      {works.length > 0 && visible.length === 0 ? (
        <Message title={gallery.notFound} advice={gallery.notFoundHint} />
      ) : null}
      <WorkGrid works={visible} />
      <Suspense>
        {openId === null ? null : <WorkViewer id={openId} order={visible} />}
        {comparing ? <CompareDialog pair={comparing} /> : null}
      </Suspense>
    </div>
  );
}

function Message({ title, advice }: { title: string; advice: string }) {
  return (
    <div className={styles.message}>
      <Images size={40} strokeWidth={1.25} aria-hidden />
      <p>{title}</p>
      <p>{advice}</p>
    </div>
  );
}
