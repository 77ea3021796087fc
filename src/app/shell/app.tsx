import { lazy, Suspense, useState } from 'react';
import { useAppState } from './app-hooks.tsx';
import { QueueCorner } from '../queue/ui/queue-corner.tsx';
import { Announcer } from './announcer.tsx';
import { DropZone } from './drop-zone.tsx';
import { Header } from './header.tsx';
import { Notices } from './notices.tsx';
import { UpdateNotice } from './update-notice.tsx';
import { useScreen } from './use-screen.ts';
import { useTheme } from './use-theme.ts';
import { useWords } from '../words/words-context.tsx';
import styles from './app.module.css';

const ModelsSheet = lazy(() => import('../models/ui/models-sheet.tsx'));
const ListsSheet = lazy(() => import('../picture/ui/lists-sheet.tsx'));
const Editor = lazy(() => import('../edit/ui/editor.tsx'));
const WhenDone = lazy(() => import('./when-done.tsx'));
const TextDialog = lazy(() => import('./text-dialog.tsx'));
const Toasts = lazy(() => import('./toasts.tsx'));

export function App() {
  const { shell } = useWords();
  const screen = useScreen();
  const anyToast = useAppState((state) => state.toasts.length > 0);
  const modelsOpen = useAppState((state) => state.modelsSheet !== null);
  const listsOpen = useAppState((state) => state.listSheet !== null);
  const editing = useAppState((state) => state.editing !== null);
  const anyText = useAppState((state) => state.shownText !== null);
  const busy = useAppState((state) => state.queue.entries.length > 0);
  const [everBusy, setEverBusy] = useState(false);
  if (busy && !everBusy) setEverBusy(true);
  useTheme();
  return (
    <>
      <a className={styles.skip} href="#main">
        {shell.skip}
      </a>
      <Header current={screen} />
      <UpdateNotice />
      <Notices />
      <main id="main" className={styles.main} tabIndex={-1}>
        <Suspense>
          <screen.Component />
        </Suspense>
      </main>
      <Suspense>{modelsOpen ? <ModelsSheet /> : null}</Suspense>
      <Suspense>{listsOpen ? <ListsSheet /> : null}</Suspense>
      <Suspense>{everBusy ? <WhenDone /> : null}</Suspense>
      <Suspense>{editing ? <Editor /> : null}</Suspense>
      <Suspense>{anyText ? <TextDialog /> : null}</Suspense>
      <QueueCorner screenId={screen.id} />
      <DropZone />
      <Suspense>{anyToast ? <Toasts /> : null}</Suspense>
      <Announcer />
    </>
  );
}
