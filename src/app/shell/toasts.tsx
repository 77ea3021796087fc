import { X } from 'lucide-react';
import { Toast } from 'radix-ui';
import type { Toast as ToastState } from './app-state.ts';
import { useActions, useAppState } from './app-hooks.tsx';

/** Long enough to decide, where there is something to decide. */
const toastMs = { told: 4000, asked: 10_000 };

export default function Toasts() {
  const toasts = useAppState((state) => state.toasts);
  return (
    <Toast.Provider label="Message">
      {toasts.map((toast) => (
        <OneToast key={toast.id} toast={toast} />
      ))}
      <Toast.Viewport className="toasts" />
    </Toast.Provider>
  );
}

function OneToast({ toast }: { toast: ToastState }) {
  const { closeToast, runToastAction } = useActions();
  return (
    <Toast.Root
      className="toast"
      duration={toast.actions.length > 0 ? toastMs.asked : toastMs.told}
      onOpenChange={(open) => !open && closeToast(toast.id)}
    >
      <Toast.Description className="toast-text">{toast.message}</Toast.Description>
      <div className="toast-actions">
        {toast.actions.map((label, index) => (
          <button
            key={label}
            type="button"
            className="button toast-action"
            onClick={() => runToastAction(toast.id, index)}
          >
            {label}
          </button>
        ))}
        <Toast.Close className="button icon toast-action" aria-label="Dismiss">
          <X size={16} aria-hidden />
        </Toast.Close>
      </div>
    </Toast.Root>
  );
}
