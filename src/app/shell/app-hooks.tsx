import type { ReactNode } from 'react';
import { PageContext, pageHooks } from '../base/page-hooks.tsx';
import type { FilmPage } from '../film/hooks.ts';
import type { GalleryPage } from '../gallery/hooks.ts';
import type { ModelsPage } from '../models/hooks.ts';
import type { PicturePage } from '../picture/hooks.ts';
import type { QueuePage } from '../queue/hooks.ts';
import type { SettingsPage } from '../settings/hooks.ts';
import type { SharePage } from '../share/hooks.ts';
import type { AppStore } from './app-store.ts';

/** What the rooms see, each a part of it. */
type Parts = ModelsPage & SharePage & QueuePage & PicturePage & FilmPage & GalleryPage & SettingsPage;

export function AppStoreProvider({ app, children }: { app: AppStore; children: ReactNode }) {
  return <PageContext value={app satisfies Parts}>{children}</PageContext>;
}

export const { useApp, useAppState, useActions } = pageHooks<AppStore>();
