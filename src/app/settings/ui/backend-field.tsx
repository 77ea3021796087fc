import { useActions, useAppState } from '../../shell/app-hooks.tsx';
import { currentBackend } from '../../shell/app-state.ts';
import { SelectField } from '../../base/controls/select-field.tsx';

const options = [
  { value: 'auto', label: 'Automatic' },
  { value: 'webgpu', label: 'GPU (WebGPU)' },
  { value: 'wasm', label: 'CPU (WASM)' },
] as const;

export function BackendField() {
  const { chooseBackend } = useActions();
  const backend = useAppState(currentBackend);
  const override = useAppState((state) => state.backendOverride);
  return (
    <SelectField
      label="Backend"
      value={backend}
      onValue={chooseBackend}
      options={options}
      hint={
        override ? (
          <>
            Set by the address: <span className="whole">?backend={override}</span>
          </>
        ) : undefined
      }
    />
  );
}
