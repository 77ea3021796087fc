import { useState, type ComponentProps } from 'react';

interface NumberInputProps extends Omit<ComponentProps<'input'>, 'value' | 'onChange' | 'type'> {
  /** NaN shows as an empty field. */
  readonly value: number;
  readonly onValue: (value: number) => void;
}

const toText = (value: number) => (Number.isNaN(value) ? '' : String(value));
const toNumber = (text: string) => (text.trim() === '' ? NaN : Number(text));

/** Keeps what is typed as it is typed (`0.`, `7.50`), and tells each number it means; wrong ones are not corrected behind one's back. */
export function NumberInput({ value, onValue, className = '', ...rest }: NumberInputProps) {
  const [text, setText] = useState(() => toText(value));
  if (!Object.is(toNumber(text), value)) setText(toText(value));
  return (
    <input
      {...rest}
      type="number"
      inputMode="decimal"
      className={`input number ${className}`}
      value={text}
      onChange={(event) => {
        setText(event.target.value);
        onValue(toNumber(event.target.value));
      }}
    />
  );
}
