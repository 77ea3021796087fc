/** What the page says in passing, with what can be done about it. */
import type { Message } from '../words/message.ts';
import type { Slice } from './slice.ts';

export interface Toast {
  readonly id: number;
  readonly message: Message;
  /** Sentences below it; with any, it stays until it is closed. */
  readonly details: readonly Message[];
  /** Labels of what can be done about it; `actions.runToastAction` does it. */
  readonly actions: readonly Message[];
}

export interface ToastSlice {
  readonly toasts: readonly Toast[];
}

/** A sentence, and what there is to say beside it. */
export interface DetailedMessage {
  readonly message: Message;
  readonly details: readonly Message[];
}

export interface ToastAction {
  readonly label: Message;
  readonly run: () => void;
  /** It only shows something: the others can still be taken. */
  readonly stays?: true;
}

/** What must not lie in the store. */
export interface OpenToasts {
  readonly toastActions: Map<number, readonly ToastAction[]>;
  readonly toastEnds: Map<number, () => void>;
  lastId: number;
}

export interface ToastContext {
  readonly store: Slice<ToastSlice>;
  readonly open: OpenToasts;
}

/** `onEnd` is called once the toast has gone without one of its actions being taken. */
export function showToast(
  { store, open }: ToastContext,
  told: Message | DetailedMessage,
  actions: readonly ToastAction[] = [],
  onEnd?: () => void,
): void {
  const id = ++open.lastId;
  open.toastActions.set(id, actions);
  if (onEnd) open.toastEnds.set(id, onEnd);
  const { message, details } = 'message' in told ? told : { message: told, details: [] };
  const toast = { id, message, details, actions: actions.map((action) => action.label) };
  store.setState(({ toasts }) => ({ toasts: [...toasts, toast] }));
}

export function toastActions({ store, open }: ToastContext) {
  const drop = (id: number) => {
    store.setState(({ toasts }) => ({ toasts: toasts.filter((toast) => toast.id !== id) }));
    open.toastActions.delete(id);
    open.toastEnds.delete(id);
  };
  return {
    /** With something that can be done about it; `onEnd` is called when nothing was. */
    tell: (message: Message, actions?: readonly ToastAction[], onEnd?: () => void) =>
      showToast({ store, open }, message, actions, onEnd),
    runToastAction: (id: number, index: number) => {
      const action = open.toastActions.get(id)?.[index];
      action?.run();
      if (!action?.stays) drop(id);
    },
    closeToast: (id: number) => {
      open.toastEnds.get(id)?.();
      drop(id);
    },
  };
}
