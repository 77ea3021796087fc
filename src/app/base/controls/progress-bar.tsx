interface ProgressBarProps {
  readonly label: string;
  /** 0 … 1. */
  readonly fraction: number;
}

/** How much of something is done. */
export function ProgressBar({ label, fraction }: ProgressBarProps) {
  return (
    <div
      className="progress"
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(fraction * 100)}
    >
      <div className="progress-done" style={{ transform: `scaleX(${fraction})` }} />
    </div>
  );
}
