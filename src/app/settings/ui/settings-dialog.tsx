import { useActions, useAppState } from '../hooks.ts';
import { themes } from '../../base/preferences.ts';
import { Modal } from '../../base/controls/modal.tsx';
import { SelectField } from '../../base/controls/select-field.tsx';
import { About } from './about.tsx';
import { BackendField } from '../../models/ui/backend-field.tsx';
import { Suspense } from 'react';
import { DoneSettings } from './done-settings.tsx';
import { DeviceFacts } from './device-facts.tsx';
import { MachinesSettings } from './machines-settings.tsx';
import { OfflineSettings } from './offline-settings.tsx';
import { StorageSettings } from './storage-settings.tsx';
import { languageChoices, languageNames } from '../../words/languages.ts';
import { useWords } from '../../words/words-context.tsx';

export default function SettingsDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { settings } = useWords();
  const { prefer } = useActions();
  const theme = useAppState((state) => state.preferences.theme);
  const language = useAppState((state) => state.preferences.language);
  return (
    <Modal title={settings.title} open={open} onClose={onClose}>
      <div className="pair">
        <SelectField
          label={settings.theme}
          value={theme}
          onValue={(value) => prefer({ theme: value })}
          options={themes.map((value) => ({ value, label: settings.themes[value] }))}
        />
        <BackendField />
        <SelectField
          label={settings.language}
          value={language}
          onValue={(value) => prefer({ language: value })}
          options={languageChoices.map((value) => ({
            value,
            label: value === 'browser' ? settings.languageOfBrowser : languageNames[value],
          }))}
        />
      </div>
      <MachinesSettings />
      <Suspense>
        <DoneSettings />
      </Suspense>
      <StorageSettings />
      <OfflineSettings />
      <DeviceFacts />
      <About />
    </Modal>
  );
}
