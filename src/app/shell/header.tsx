import { Settings } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { screens, type Screen } from './screens.ts';
import { Wheel } from '../base/controls/wheel.tsx';
import { useWords } from '../words/words-context.tsx';
import styles from './header.module.css';

const SettingsDialog = lazy(() => import('../settings/ui/settings-dialog.tsx'));

export function Header({ current }: { current: Screen }) {
  const { shell } = useWords();
  const [open, setOpen] = useState(false);
  return (
    <header className={styles.header}>
      <a className={styles.wordmark} href="#/picture">
        <Wheel size={24} />
        {/* With several screens a phone has no room for the name. */}
        <span className={screens.length > 1 ? styles.wideOnly : undefined}>Zoetrope</span>
      </a>
      {screens.length > 1 ? <Tabs current={current} /> : null}
      <div className={styles.end}>
        <button type="button" className={`button ${styles.quiet}`} onClick={() => setOpen(true)}>
          <Settings size={18} aria-hidden />
          <span className={styles.wideOnly}>{shell.settings}</span>
        </button>
      </div>
      <Suspense>{open ? <SettingsDialog open onClose={() => setOpen(false)} /> : null}</Suspense>
    </header>
  );
}

function Tabs({ current }: { current: Screen }) {
  const { shell } = useWords();
  return (
    <nav className={styles.tabs} aria-label={shell.screens}>
      {screens.map(({ id, icon: Icon }) => (
        <a
          key={id}
          className={styles.tab}
          href={`#/${id}`}
          aria-current={id === current.id ? 'page' : undefined}
        >
          <Icon size={18} aria-hidden />
          {shell.screen[id]}
        </a>
      ))}
    </nav>
  );
}
