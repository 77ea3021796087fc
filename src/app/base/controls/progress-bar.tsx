import styles from './progress-bar.module.css';

interface ProgressBarProps {
  readonly label: string;
  /** 0 … 1. */
  readonly fraction: number;
  readonly thick?: boolean;
}

/** How much of something is done or taken. */
export function ProgressBar({ label, fraction, thick = false }: ProgressBarProps) {
  return (
    <div
      className={styles.bar}
      data-thick={thick || undefined}
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.floor(fraction * 100)}
    >
      <div className={styles.done} style={{ transform: `scaleX(${fraction})` }} />
    </div>
  );
}
