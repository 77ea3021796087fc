import { X } from 'lucide-react';
import { Toast } from 'radix-ui';
import { useActions, useAppState } from './app-hooks.tsx';
import { messageWords } from '../words/message.ts';
import { useWords } from '../words/words-context.tsx';
import type { Toast as ToastState } from '../base/toasts.ts';

/** Long enough to decide, where there is something to decide. */
const toastMs = { told: 4000, asked: 10_000 };

export default function Toasts() {
  const toasts = useAppState((state) => state.toasts);
  const words = useWords();
  return (
    <Toast.Provider label={words.shell.message}>
      {toasts.map((toast) => (
        <OneToast key={toast.id} toast={toast} />
      ))}
      <Toast.Viewport className="toasts" />
    </Toast.Provider>
  );
}

function OneToast({ toast }: { toast: ToastState }) {
  const { closeToast, runToastAction } = useActions();
  const words = useWords();
  return (
    <Toast.Root
      className="toast"
      duration={toast.actions.length > 0 ? toastMs.asked : toastMs.told}
      onOpenChange={(open) => !open && closeToast(toast.id)}
    >
      <Toast.Description className="toast-text">{messageWords(words, toast.message)}</Toast.Description>
      <div className="toast-actions">
        {toast.actions.map((action, index) => (
          <button
            key={action.say}
            type="button"
            className="button toast-action"
            onClick={() => runToastAction(toast.id, index)}
          >
            {messageWords(words, action)}
          </button>
        ))}
        <Toast.Close className="button icon toast-action" aria-label={words.common.dismiss}>
          <X size={16} aria-hidden />
        </Toast.Close>
      </div>
    </Toast.Root>
  );
}
