import { useActions, useAppState } from '../../shell/app-hooks.tsx';
import { themes, type Theme } from '../../base/preferences.ts';
import { Modal } from '../../base/controls/modal.tsx';
import { SelectField } from '../../base/controls/select-field.tsx';
import { About } from './about.tsx';
import { BackendField } from './backend-field.tsx';
import { DeviceFacts } from './device-facts.tsx';
import { OfflineSettings } from './offline-settings.tsx';
import { StorageSettings } from './storage-settings.tsx';
import '../../base/styles/settings.css';

const themeLabels: Record<Theme, string> = { system: 'As the system', light: 'Light', dark: 'Dark' };
const themeOptions = themes.map((value) => ({ value, label: themeLabels[value] }));

export default function SettingsDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { prefer } = useActions();
  const theme = useAppState((state) => state.preferences.theme);
  return (
    <Modal title="Settings" open={open} onClose={onClose}>
      <div className="pair">
        <SelectField
          label="Theme"
          value={theme}
          onValue={(value) => prefer({ theme: value })}
          options={themeOptions}
        />
        <BackendField />
      </div>
      <StorageSettings />
      <OfflineSettings />
      <DeviceFacts />
      <About />
    </Modal>
  );
}
