import { X } from 'lucide-react';
import { Toast } from 'radix-ui';
import { createPortal } from 'react-dom';
import { useActions, useAppState } from './app-hooks.tsx';
import { messageWords } from '../words/message.ts';
import { useTopDialog } from '../base/open-dialogs.ts';
import { useWords } from '../words/words-context.tsx';
import type { Toast as ToastState } from '../base/toasts.ts';
import styles from './toasts.module.css';

/** Long enough to decide, where there is something to decide. */
const toastMs = { told: 4000, asked: 10_000 };

export default function Toasts() {
  const toasts = useAppState((state) => state.toasts);
  const words = useWords();
  const dialog = useTopDialog();
  const label = `${words.shell.messages} ({hotkey})`;
  const viewport = <Toast.Viewport className={styles.toasts} label={label} />;
  return (
    <Toast.Provider label={words.shell.message}>
      {toasts.map((toast) => (
        <OneToast key={toast.id} toast={toast} />
      ))}
      {dialog ? createPortal(viewport, dialog) : viewport}
    </Toast.Provider>
  );
}

/** What has details is read at leisure. */
function durationMs({ details, actions }: ToastState): number {
  if (details.length > 0) return Infinity;
  return actions.length > 0 ? toastMs.asked : toastMs.told;
}

function Details({ sentences }: { sentences: readonly string[] }) {
  if (sentences.length === 0) return null;
  return (
    <ul className={styles.details} tabIndex={0}>
      {sentences.map((sentence) => (
        <li key={sentence}>{sentence}</li>
      ))}
    </ul>
  );
}

function OneToast({ toast }: { toast: ToastState }) {
  const { closeToast, runToastAction } = useActions();
  const words = useWords();
  return (
    <Toast.Root
      className={styles.toast}
      duration={durationMs(toast)}
      onOpenChange={(open) => !open && closeToast(toast.id)}
    >
      <Toast.Description asChild>
        <div className={styles.text}>
          <p>{messageWords(words, toast.message)}</p>
          <Details sentences={toast.details.map((detail) => messageWords(words, detail))} />
        </div>
      </Toast.Description>
      <div className={styles.actions}>
        {toast.actions.map((action, index) => (
          <button
            key={action.say}
            type="button"
            className={`button ${styles.action}`}
            onClick={() => runToastAction(toast.id, index)}
          >
            {messageWords(words, action)}
          </button>
        ))}
        <Toast.Close className={`button icon ${styles.action}`} aria-label={words.common.dismiss}>
          <X size={16} aria-hidden />
        </Toast.Close>
      </div>
    </Toast.Root>
  );
}
