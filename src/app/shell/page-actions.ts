import type { BackendChoice, DeviceReport, EngineNotice } from '../../engine/protocol.ts';
import { showToast, type AppContext, type ToastAction } from './app-context.ts';
import type { Preferences } from '../base/preferences.ts';
import type { Message } from '../words/message.ts';

export function pageActions(context: AppContext) {
  const { store, open, host } = context;

  const dropToast = (id: number) => {
    store.setState(({ toasts }) => ({ toasts: toasts.filter((toast) => toast.id !== id) }));
    open.toastActions.delete(id);
    open.toastEnds.delete(id);
  };

  return {
    prefer: (change: Partial<Preferences>) =>
      store.setState(({ preferences }) => ({ preferences: { ...preferences, ...change } })),
    /** Chosen by hand: outranks what the address said. The model is loaded anew when it is next needed. */
    chooseBackend: (backend: BackendChoice) =>
      store.setState(({ preferences, engine }) => ({
        preferences: { ...preferences, backend },
        backendOverride: null,
        engine: engine.status === 'loading' ? engine : { status: 'asleep' },
      })),
    probe: (): Promise<DeviceReport> => host.engine().call('probe', null),
    dismissNotice: (notice: EngineNotice) =>
      store.setState(({ notices }) => ({ notices: notices.filter((other) => other !== notice) })),
    /** With something that can be done about it; `onEnd` is called when nothing was. */
    tell: (message: Message, actions?: readonly ToastAction[], onEnd?: () => void) =>
      showToast(context, message, actions, onEnd),
    runToastAction: (id: number, index: number) => {
      open.toastActions.get(id)?.[index]?.();
      dropToast(id);
    },
    closeToast: (id: number) => {
      open.toastEnds.get(id)?.();
      dropToast(id);
    },
  };
}
