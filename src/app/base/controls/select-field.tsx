import { Check, ChevronDown } from 'lucide-react';
import { Select } from 'radix-ui';
import type { ReactNode } from 'react';
import { Field } from './field.tsx';
import styles from './select-field.module.css';

interface SelectFieldProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly onValue: (value: T) => void;
  readonly options: readonly { readonly value: T; readonly label: string }[];
  readonly hint?: ReactNode;
}

export function SelectField<T extends string>({ label, value, onValue, options, hint }: SelectFieldProps<T>) {
  return (
    <Field label={label} hint={hint}>
      {(ids) => (
        <Select.Root value={value} onValueChange={(next) => onValue(next as T)}>
          <Select.Trigger {...ids} className={`input ${styles.select}`}>
            <Select.Value />
            <Select.Icon asChild>
              <ChevronDown size={16} aria-hidden />
            </Select.Icon>
          </Select.Trigger>
          <Select.Portal>
            <Select.Content className={`popup ${styles.list}`} position="popper" sideOffset={4}>
              <Select.Viewport>
                {options.map((option) => (
                  <Select.Item key={option.value} value={option.value} className={styles.option}>
                    <Select.ItemText>{option.label}</Select.ItemText>
                    <Select.ItemIndicator>
                      <Check size={16} aria-hidden />
                    </Select.ItemIndicator>
                  </Select.Item>
                ))}
              </Select.Viewport>
            </Select.Content>
          </Select.Portal>
        </Select.Root>
      )}
    </Field>
  );
}
