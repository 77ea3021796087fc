import { Modal } from '../base/controls/modal.tsx';
import { useWords } from '../words/words-context.tsx';
import { useActions, useAppState } from './app-hooks.tsx';
import styles from './text-dialog.module.css';

/** A text from a file, as it stands there. */
export default function TextDialog() {
  const shown = useAppState((state) => state.shownText);
  const { closeText } = useActions();
  const { shell } = useWords();
  const from = typeof shown?.from === 'object' ? shown.from.file : '';
  return (
    <Modal title={shell.textOf(from)} open={shown !== null} onClose={closeText}>
      <pre className={styles.text} dir="auto" tabIndex={0}>
        {shown?.text}
      </pre>
    </Modal>
  );
}
