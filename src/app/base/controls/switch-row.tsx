import { Switch } from 'radix-ui';
import { useId } from 'react';
import styles from './switch-row.module.css';

interface SwitchRowProps {
  readonly label: string;
  readonly hint: string;
  readonly checked: boolean;
  readonly onChecked: (on: boolean) => void;
}

/** On or off, with what it means beneath its name. */
export function SwitchRow({ label, hint, checked, onChecked }: SwitchRowProps) {
  const id = useId();
  return (
    <div className={styles.row}>
      <label className="label" htmlFor={id}>
        {label}
        <span className="hint">{hint}</span>
      </label>
      <Switch.Root id={id} className={styles.switch} checked={checked} onCheckedChange={onChecked}>
        <Switch.Thumb className={styles.thumb} />
      </Switch.Root>
    </div>
  );
}
