import styles from './invitation.module.css';
import { Wheel } from './wheel.tsx';

/** In a stage that has nothing to show yet: what to do. */
export function Invitation({ title, hint }: { title: string; hint: string }) {
  return (
    <div className={styles.invitation}>
      <Wheel size={72} />
      <p className={styles.title}>{title}</p>
      <p>{hint}</p>
    </div>
  );
}
