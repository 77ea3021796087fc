import type { BackendChoice, DeviceReport, EngineNotice } from '../../engine/protocol.ts';
import type { AppContext } from './app-context.ts';
import type { Preferences } from '../base/preferences.ts';
import { toastActions } from '../base/toasts.ts';

export function pageActions(context: AppContext) {
  const { store, host } = context;

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
    closeText: () => store.setState({ shownText: null }),
    ...toastActions(context),
  };
}
