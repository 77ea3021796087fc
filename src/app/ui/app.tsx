import { lazy, Suspense } from 'react';
import { useAppState } from '../state/app-hooks.tsx';
import { LineCorner } from './line/line-corner.tsx';
import { Announcer } from './shell/announcer.tsx';
import { DropZone } from './shell/drop-zone.tsx';
import { Header } from './shell/header.tsx';
import { Notices } from './shell/notices.tsx';
import { UpdateNotice } from './shell/update-notice.tsx';
import { useScreen } from './shell/use-screen.ts';
import { useTheme } from './shell/use-theme.ts';
import './styles/shell.css';

const ModelsSheet = lazy(() => import('./models/models-sheet.tsx'));
const Toasts = lazy(() => import('./shell/toasts.tsx'));

export function App() {
  const screen = useScreen();
  const anyToast = useAppState((state) => state.toasts.length > 0);
  const modelsOpen = useAppState((state) => state.modelsSheet !== null);
  useTheme();
  return (
    <>
      <a className="skip" href="#main">
        Skip to content
      </a>
      <Header current={screen} />
      <UpdateNotice />
      <Notices />
      <main id="main" className="main" tabIndex={-1}>
        <Suspense>
          <screen.Component />
        </Suspense>
      </main>
      <Suspense>{modelsOpen ? <ModelsSheet /> : null}</Suspense>
      <LineCorner screenId={screen.id} />
      <DropZone />
      <Suspense>{anyToast ? <Toasts /> : null}</Suspense>
      <Announcer />
    </>
  );
}
