import { Settings } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { IconButton } from '../controls/icon-button.tsx';
import { screens, type Screen } from './screens.ts';
import { Wheel } from './wheel.tsx';

const SettingsDialog = lazy(() => import('../settings/settings-dialog.tsx'));

export function Header({ current }: { current: Screen }) {
  const [settings, setSettings] = useState<'never' | 'open' | 'closed'>('never');
  return (
    <header className="header">
      <a className="wordmark" href="#/picture">
        <Wheel size={24} />
        Zoetrope
      </a>
      {screens.length > 1 ? <Tabs current={current} /> : null}
      <div className="header-end">
        <IconButton label="Settings" icon={Settings} onClick={() => setSettings('open')} />
      </div>
      {settings === 'never' ? null : (
        <Suspense>
          <SettingsDialog
            open={settings === 'open'}
            onOpenChange={(open) => setSettings(open ? 'open' : 'closed')}
          />
        </Suspense>
      )}
    </header>
  );
}

function Tabs({ current }: { current: Screen }) {
  return (
    <nav className="tabs" aria-label="Screens">
      {screens.map(({ id, label, icon: Icon }) => (
        <a key={id} className="tab" href={`#/${id}`} aria-current={id === current.id ? 'page' : undefined}>
          <Icon size={18} aria-hidden />
          {label}
        </a>
      ))}
    </nav>
  );
}
