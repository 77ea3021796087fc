import { useId, type ReactNode } from 'react';
import type { MachineFeature } from '../../../engine/machine-protocol.ts';
import { canDo, capabilitiesOf } from '../../machines/machine-state.ts';
import { currentModel } from '../../models/chosen-model.ts';
import { useWords } from '../../words/words-context.tsx';
import { useAppState } from '../hooks.ts';
import type { PictureView } from '../picture-context.ts';
import styles from './if-can.module.css';

/** What the machine that draws cannot do stays where it is, and says why it does nothing. */
export function IfCan({ feature, children }: { feature: MachineFeature; children: ReactNode }) {
  const { picture } = useWords();
  const id = useId();
  const machine = useAppState((state) => machineWithout(state, feature));
  if (machine === null) return children;
  return (
    <fieldset className={styles.lacking} disabled aria-describedby={id}>
      {children}
      <p className="hint" id={id}>
        {picture.notThere(machine)}
      </p>
    </fieldset>
  );
}

/** Its name; null where it can, and for this device. */
function machineWithout(state: PictureView, feature: MachineFeature): string | null {
  const entry = currentModel(state);
  return canDo(capabilitiesOf(state, entry), feature) ? null : entry.card.description;
}
