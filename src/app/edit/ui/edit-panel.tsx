import { Sparkles } from 'lucide-react';
import type { ReactNode } from 'react';
import { canDo, capabilitiesOf } from '../../machines/machine-state.ts';
import { currentModel } from '../../models/chosen-model.ts';
import type { PictureView } from '../../picture/picture-context.ts';
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
  const unable = useAppState(cannotInpaint);
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

/** Where the model cannot begin from a picture, or the machine that draws cannot change a part of one. */
function cannotInpaint(state: PictureView): boolean {
  const capabilities = capabilitiesOf(state, currentModel(state));
  if (capabilities) return !canDo(capabilities, 'inpaint');
  return state.engine.status === 'ready' && !state.engine.model.canEncode;
}
