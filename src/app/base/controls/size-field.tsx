import { ArrowLeftRight } from 'lucide-react';
import { ToggleGroup } from 'radix-ui';
import { useId, type ReactNode } from 'react';
import { useWords } from '../../words/words-context.tsx';
import { IconButton } from './icon-button.tsx';
import { NumberInput } from './number-input.tsx';
import styles from './size-field.module.css';

/** In pixels. */
interface Size {
  readonly width: number;
  readonly height: number;
}

interface SizePreset {
  readonly id: string;
  /** Its sides' ratio, as `16:9`. */
  readonly name: string;
  /** Tells those with one ratio apart. */
  readonly pixels?: string;
  /** What is heard, where the name does not say it all. */
  readonly label?: string;
}

interface SizeFieldProps extends Size {
  readonly onSize: (size: Partial<Size>) => void;
  readonly presetsLabel: string;
  readonly presets: readonly SizePreset[];
  /** Id of the preset that the size agrees with; empty where none does. */
  readonly chosen: string;
  readonly onPreset: (id: string) => void;
  /** The sides that are wrong, and what is wrong with them. */
  readonly wrong: readonly (keyof Size)[];
  readonly problem?: string | undefined;
  /** Beside the problem: what mends it. */
  readonly fix?: ReactNode;
  readonly step: number;
}

/** Width and height: usual shapes to choose from, and exact numbers. */
export function SizeField(props: SizeFieldProps) {
  const { width, height, onSize, problem, fix } = props;
  const { common } = useWords();
  const id = useId();
  const problemId = `${id}-problem`;
  const side = (name: keyof Size) => (
    <label className={styles.side}>
      <span>{common[name]}</span>
      <NumberInput
        aria-invalid={props.wrong.includes(name) || undefined}
        aria-describedby={problem ? problemId : undefined}
        step={props.step}
        value={props[name]}
        onValue={(value) => onSize({ [name]: value })}
      />
    </label>
  );
  return (
    <fieldset className="field">
      <legend className="label">{common.size}</legend>
      <ShapePresets {...props} />
      <div className={styles.sides}>
        {side('width')}
        <IconButton
          label={common.swapSides}
          icon={ArrowLeftRight}
          onClick={() => onSize({ width: height, height: width })}
        />
        {side('height')}
      </div>
      {problem ? (
        <p className="problem" id={problemId}>
          {problem}
          {fix}
        </p>
      ) : null}
    </fieldset>
  );
}

type ShapePresetsProps = Pick<SizeFieldProps, 'presets' | 'presetsLabel' | 'chosen' | 'onPreset'>;

/** Usual shapes, drawn small. */
export function ShapePresets({ presets, presetsLabel, chosen, onPreset }: ShapePresetsProps) {
  return (
    <ToggleGroup.Root
      className={styles.aspects}
      type="single"
      aria-label={presetsLabel}
      value={chosen}
      onValueChange={(id) => id && onPreset(id)}
    >
      {presets.map(({ id, name, pixels, label }) => (
        <ToggleGroup.Item key={id} value={id} className={styles.aspect} aria-label={label}>
          <span className={styles.shape} style={shape(name)} aria-hidden />
          <span>{name}</span>
          {pixels ? <span className={styles.pixels}>{pixels}</span> : null}
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  );
}

/** Of `16:9`: 16 and 9. */
export function ratioParts(name: string): Size {
  const [width = 1, height = 1] = name.split(':').map(Number);
  return { width, height };
}

const shapePx = 22;

/** Fits a square of `shapePx`. */
function shape(name: string): Size {
  const { width, height } = ratioParts(name);
  const longer = Math.max(width, height);
  return { width: (shapePx * width) / longer, height: (shapePx * height) / longer };
}
