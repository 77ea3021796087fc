import styles from './wheel.module.css';

/** The mark: a zoetrope's drum of twelve slits, seen from above. */
export function Wheel({ size, spinning = false }: { size: number; spinning?: boolean }) {
  return (
    <svg
      className={spinning ? `${styles.wheel} ${styles.spinning}` : styles.wheel}
      width={size}
      height={size}
      viewBox="0 0 32 32"
      aria-hidden
    >
      <circle
        cx="16"
        cy="16"
        r="12"
        fill="none"
        stroke="currentColor"
        strokeWidth="5"
        pathLength="48"
        strokeDasharray="2.9 1.1"
      />
      <circle cx="16" cy="16" r="2.6" fill="currentColor" />
    </svg>
  );
}
