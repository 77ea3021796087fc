import { Tooltip } from 'radix-ui';
import { Suspense } from 'react';
import { Announcer } from './shell/announcer.tsx';
import { DropZone } from './shell/drop-zone.tsx';
import { Header } from './shell/header.tsx';
import { Notices } from './shell/notices.tsx';
import { Toasts } from './shell/toasts.tsx';
import { useScreen } from './shell/use-screen.ts';
import { useTheme } from './shell/use-theme.ts';
import './styles/tokens.css';
import './styles/base.css';
import './styles/controls.css';
import './styles/shell.css';

export function App() {
  const screen = useScreen();
  useTheme();
  return (
    <Tooltip.Provider delayDuration={400}>
      <a className="skip" href="#main">
        Skip to content
      </a>
      <Header current={screen} />
      <Notices />
      <main id="main" className="main" tabIndex={-1}>
        <Suspense>
          <screen.Component />
        </Suspense>
      </main>
      <DropZone />
      <Toasts />
      <Announcer />
    </Tooltip.Provider>
  );
}
