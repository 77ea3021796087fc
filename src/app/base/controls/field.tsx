import { useId, type ReactNode } from 'react';

export interface FieldIds {
  readonly id: string;
  readonly 'aria-describedby': string | undefined;
  readonly 'aria-invalid': boolean | undefined;
}

interface FieldProps {
  readonly label: string;
  readonly problem?: string | undefined;
  readonly hint?: ReactNode;
  /** Offered beside the problem: a button that mends it. */
  readonly fix?: ReactNode;
  /** At the right end of the label's line. */
  readonly aside?: ReactNode;
  readonly children: (ids: FieldIds) => ReactNode;
}

/** A label, one control, and beside it what is wrong with it. */
export function Field({ label, problem, hint, fix, aside, children }: FieldProps) {
  const id = useId();
  const problemId = `${id}-problem`;
  const hintId = `${id}-hint`;
  const describedBy = [problem ? problemId : '', hint ? hintId : ''].join(' ').trim();
  return (
    <div className="field">
      <div className="field-head">
        <label className="label" htmlFor={id}>
          {label}
        </label>
        {aside}
      </div>
      {children({
        id,
        'aria-describedby': describedBy || undefined,
        'aria-invalid': problem ? true : undefined,
      })}
      {problem ? (
        <p className="problem" id={problemId}>
          {problem}
          {fix}
        </p>
      ) : null}
      {hint ? (
        <div className="hint" id={hintId}>
          {hint}
        </div>
      ) : null}
    </div>
  );
}
