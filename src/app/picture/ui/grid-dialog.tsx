import { Grid3x3, X } from 'lucide-react';
import { useMemo, useState } from 'react';
import {
  axisKinds,
  type AxisKind,
  type AxisProblem,
  type GridAxis,
} from '../../../domain/recipe/grid/grid.ts';
import { samplerIds } from '../../../domain/diffusion/samplers/choices.ts';
import { limits } from '../../../domain/limits.ts';
import { samplerName } from '../../../domain/recipe/sampler-names.ts';
import { Field } from '../../base/controls/field.tsx';
import { IconButton } from '../../base/controls/icon-button.tsx';
import { Modal } from '../../base/controls/modal.tsx';
import { SelectField } from '../../base/controls/select-field.tsx';
import { useEditWords, type EditWords } from '../../words/edit-words.ts';
import { useWords } from '../../words/words-context.tsx';
import { askGrid, planGrid } from '../ask-grid.ts';
import { useApp, useAppState } from '../hooks.ts';
import styles from './grid-dialog.module.css';

/** What was written last, as long as the page lives. */
const kept = new Map<'axes', readonly GridAxis[]>();
const first: readonly GridAxis[] = [{ kind: 'steps', text: '' }];

/** One or two settings in all their values, as one sheet. */
export default function GridDialog({ onClose }: { onClose: () => void }) {
  const { grid: words } = useEditWords();
  const { context } = useApp();
  const [axes, setAxes] = useState(kept.get('axes') ?? first);
  const [submitted, setSubmitted] = useState(false);
  const state = useAppState((now) => now);
  const plan = useMemo(() => planGrid(state, axes), [state, axes]);
  const change = (next: readonly GridAxis[]) => {
    kept.set('axes', next);
    setAxes(next);
  };
  const submit = () => {
    setSubmitted(true);
    if (askGrid(context, axes)) onClose();
  };
  return (
    <Modal title={words.title} open onClose={onClose}>
      <form
        className={styles.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <p className="hint">{words.intro}</p>
        {axes.map((axis, at) => (
          <Axis
            key={at}
            label={at === 0 ? words.columns : words.rows}
            axis={axis}
            problem={submitted || axis.text.trim() !== '' ? (plan.problems[at] ?? null) : null}
            onAxis={(next) => change(axes.with(at, next))}
            onRemove={at === 0 ? undefined : () => change(axes.slice(0, 1))}
          />
        ))}
        {axes.length === 1 ? (
          <button
            type="button"
            className="button outline"
            onClick={() => change([...axes, { kind: 'seed', text: '' }])}
          >
            {words.addRows}
          </button>
        ) : null}
        <Cost plan={plan} submitted={submitted} />
        <button type="submit" className="button primary">
          <Grid3x3 size={18} aria-hidden />
          {words.start}
        </button>
      </form>
    </Modal>
  );
}

function Cost({ plan, submitted }: { plan: ReturnType<typeof planGrid>; submitted: boolean }) {
  const { grid: words } = useEditWords();
  const { format } = useWords();
  const { columns, rows, seconds, tooMany, draftWrong } = plan;
  if (tooMany) {
    return (
      <p className="problem" role="alert">
        {words.tooMany(columns * rows, limits.gridCells.max)}
      </p>
    );
  }
  if (draftWrong && submitted) {
    return (
      <p className="problem" role="alert">
        {words.draftWrong}
      </p>
    );
  }
  return (
    <p className={styles.cost} role="status">
      {columns === 0 ? '' : words.cells(columns, rows)}
      {seconds === null ? null : ` · ${words.takes(format.seconds(Math.ceil(seconds)))}`}
    </p>
  );
}

interface AxisProps {
  readonly label: string;
  readonly axis: GridAxis;
  readonly problem: AxisProblem | null;
  readonly onAxis: (axis: GridAxis) => void;
  readonly onRemove: (() => void) | undefined;
}

function Axis({ label, axis, problem, onAxis, onRemove }: AxisProps) {
  const { grid: words } = useEditWords();
  const models = useAppState((state) => state.models);
  const all: Partial<Record<AxisKind, () => string>> = {
    sampler: () => samplerIds.map(samplerName).join(', '),
    model: () => models.map(({ card }) => `"${card.name}"`).join(', '),
  };
  const fill = all[axis.kind];
  return (
    <fieldset className={styles.axis}>
      <legend className="label">{label}</legend>
      {onRemove ? (
        <IconButton className={styles.remove} label={words.removeRows} icon={X} onClick={onRemove} />
      ) : null}
      <SelectField
        label={words.setting}
        value={axis.kind}
        onValue={(kind) => onAxis({ kind, text: '' })}
        options={axisKinds.map((value) => ({ value, label: words.kinds[value] }))}
      />
      <Field
        label={words.values}
        hint={words.hints[axis.kind]}
        problem={problem ? problemWords(words, problem) : undefined}
        aside={
          fill ? (
            <button type="button" className="button small" onClick={() => onAxis({ ...axis, text: fill() })}>
              {words.all}
            </button>
          ) : null
        }
      >
        {(ids) => (
          <input
            {...ids}
            className="input"
            dir="auto"
            value={axis.text}
            placeholder={words.examples[axis.kind]}
            onChange={(event) => onAxis({ ...axis, text: event.target.value })}
          />
        )}
      </Field>
    </fieldset>
  );
}

function problemWords(words: EditWords['grid'], problem: AxisProblem): string {
  switch (problem.kind) {
    case 'empty':
      return words.empty;
    case 'not-found':
      return words.notFound(problem.text);
    case 'unreadable':
      return words.unreadable(problem.text);
    case 'outside':
      return words.outside(problem.value, problem.min, problem.max);
  }
}
