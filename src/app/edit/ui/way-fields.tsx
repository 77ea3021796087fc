import { ToggleGroup } from 'radix-ui';
import { limits } from '../../../domain/limits.ts';
import { Field } from '../../base/controls/field.tsx';
import { SliderField } from '../../base/controls/slider-field.tsx';
import { useEditWords } from '../../words/edit-words.ts';
import type { EnlargeWay } from '../enlarge.ts';
import { useAppState } from '../hooks.ts';
import styles from './enlarge-picture-dialog.module.css';

const ways = ['filter', 'detail'] as const;

interface WayFieldsProps {
  readonly value: EnlargeWay;
  readonly onValue: (way: EnlargeWay) => void;
  readonly disabled: boolean;
}

/** By the filter, or drawn over by the model. */
export function WayFields({ value, onValue, disabled }: WayFieldsProps) {
  const words = useEditWords();
  const { enlarge } = words;
  const unable = useAppState((state) => state.engine.status === 'ready' && !state.engine.model.canEncode);
  return (
    <>
      <div className="field">
        <span className="label">{enlarge.how}</span>
        <ToggleGroup.Root
          className={styles.scales}
          type="single"
          aria-label={enlarge.how}
          value={value.how}
          disabled={disabled}
          onValueChange={(how) => how && onValue({ ...value, how: how as EnlargeWay['how'] })}
        >
          {ways.map((way) => (
            <ToggleGroup.Item
              key={way}
              value={way}
              className="button outline"
              disabled={disabled || (way === 'detail' && unable)}
            >
              {enlarge.ways[way]}
            </ToggleGroup.Item>
          ))}
        </ToggleGroup.Root>
        <p className="hint">{enlarge.hints[value.how]}</p>
      </div>
      {value.how === 'detail' ? (
        <>
          <Field label={words.prompt}>
            {(ids) => (
              <textarea
                {...ids}
                className="input"
                rows={2}
                dir="auto"
                value={value.prompt}
                onChange={(event) => onValue({ ...value, prompt: event.target.value })}
              />
            )}
          </Field>
          <SliderField
            label={words.strength}
            {...limits.strength}
            step={0.01}
            value={value.strength}
            onValue={(strength) => onValue({ ...value, strength })}
            hint={enlarge.detailStrength}
          />
        </>
      ) : null}
    </>
  );
}
