/** How much of something is done or taken. */
export function Meter({ label, part, whole }: { label: string; part: number; whole: number }) {
  const fraction = whole > 0 ? Math.min(1, part / whole) : 0;
  return (
    <div
      className="meter"
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.floor(fraction * 100)}
    >
      <div className="meter-done" style={{ transform: `scaleX(${fraction})` }} />
    </div>
  );
}
