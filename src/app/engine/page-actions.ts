import type { BackendChoice, DeviceReport, EngineNotice } from '../../engine/protocol.ts';
import type { Slice } from '../base/slice.ts';
import type { EngineHost } from './engine-host.ts';
import type { EngineSlice } from './engine-state.ts';
import type { Preferences, PreferencesSlice } from '../base/preferences.ts';
import { toastActions, type ToastContext, type ToastSlice } from '../base/toasts.ts';

export interface PageActionsContext extends ToastContext {
  readonly store: Slice<EngineSlice & PreferencesSlice & ToastSlice>;
  readonly host: EngineHost;
}

export function pageActions(context: PageActionsContext) {
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
    ...toastActions(context),
  };
}

export type PageActions = ReturnType<typeof pageActions>;
