import { useActions, useAppState } from '../hooks.ts';
import { backendChoices, backendInAddress, currentBackend } from '../../base/preferences.ts';
import { SelectField } from '../../base/controls/select-field.tsx';
import { useWords } from '../../words/words-context.tsx';

export function BackendField() {
  const { settings } = useWords();
  const { chooseBackend } = useActions();
  const backend = useAppState(currentBackend);
  const override = useAppState((state) => state.backendOverride);
  return (
    <SelectField
      label={settings.backend}
      value={backend}
      onValue={chooseBackend}
      options={backendChoices.map((value) => ({ value, label: settings.backends[value] }))}
      hint={
        override ? (
          <>
            {settings.setByAddress} <bdi className="whole">{backendInAddress(override)}</bdi>
          </>
        ) : undefined
      }
    />
  );
}
