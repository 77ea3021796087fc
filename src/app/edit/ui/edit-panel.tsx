import { Sparkles } from 'lucide-react';
import type { ReactNode } from 'react';
import { useAppState } from '../hooks.ts';
import { useEditWords } from '../../words/edit-words.ts';
import styles from './edit-panel.module.css';

interface EditPanelProps {
  readonly label: string;
  readonly children: ReactNode;
  /** What will be, or why nothing will. */
  readonly status: ReactNode;
  readonly problem?: string | null;
  readonly onSubmit: () => void;
}

/** The fields of a change, and below them what comes of it. */
export function EditPanel({ label, children, status, problem, onSubmit }: EditPanelProps) {
  const words = useEditWords();
  const unable = useAppState((state) => state.engine.status === 'ready' && !state.engine.model.canEncode);
  return (
    <form
      className={styles.panel}
      aria-label={label}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
        event.preventDefault();
        onSubmit();
      }}
    >
      <div className={styles.fields}>
        {children}
        <p className="hint">{words.others}</p>
      </div>
      <div className={styles.foot}>
        <div role="status" className={styles.status}>
          {unable ? <p className="problem">{words.cannot}</p> : status}
        </div>
        {problem ? (
          <p className="problem" role="alert">
            {problem}
          </p>
        ) : null}
        <button type="submit" className="button primary" disabled={unable}>
          <Sparkles size={18} aria-hidden />
          {words.made}
        </button>
      </div>
    </form>
  );
}
