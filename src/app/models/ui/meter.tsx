import { ProgressBar } from '../../base/controls/progress-bar.tsx';

/** How much of so many bytes is done or taken. */
export function Meter({ label, part, whole }: { label: string; part: number; whole: number }) {
  return <ProgressBar thick label={label} fraction={whole > 0 ? Math.min(1, part / whole) : 0} />;
}
