import { X } from 'lucide-react';
import { Dialog } from 'radix-ui';
import { useActions, useAppState } from '../../state/app-hooks.tsx';
import { themes, type Theme } from '../../state/preferences.ts';
import { IconButton } from '../controls/icon-button.tsx';
import { SelectField } from '../controls/select-field.tsx';
import '../styles/settings.css';
import { About } from './about.tsx';
import { BackendField } from './backend-field.tsx';
import { DeviceFacts } from './device-facts.tsx';

const themeLabels: Record<Theme, string> = { system: 'As the system', light: 'Light', dark: 'Dark' };
const themeOptions = themes.map((value) => ({ value, label: themeLabels[value] }));

interface SettingsDialogProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

export default function SettingsDialog({ open, onOpenChange }: SettingsDialogProps) {
  const { prefer } = useActions();
  const theme = useAppState((state) => state.preferences.theme);
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Overlay className="scrim" />
        <Dialog.Content className="dialog" aria-describedby={undefined}>
          <div className="dialog-head">
            <Dialog.Title className="dialog-title">Settings</Dialog.Title>
            <Dialog.Close asChild>
              <IconButton label="Close" icon={X} />
            </Dialog.Close>
          </div>
          <div className="dialog-body">
            <div className="pair">
              <SelectField
                label="Theme"
                value={theme}
                onValue={(value) => prefer({ theme: value })}
                options={themeOptions}
              />
              <BackendField />
            </div>
            <DeviceFacts />
            <About />
          </div>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
