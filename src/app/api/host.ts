/** What the API needs of the page: its models, its engine, the gallery. */
import type { ModelEntry } from '../../domain/model/model.ts';
import type { Backend, LoadedModel } from '../../engine/protocol.ts';
import { currentBackend, type PreferencesSlice } from '../base/preferences.ts';
import { drawSeed } from '../base/random.ts';
import type { Slice } from '../base/slice.ts';
import type { ToastSlice } from '../base/toasts.ts';
import { loadedModel, type EngineSlice } from '../engine/engine-state.ts';
import { keepApiWork } from '../making/keep-works.ts';
import type { MakingContext, MakingDeps, TimingsSlice } from '../making/making-context.ts';
import type { NewWork } from '../making/new-work.ts';
import { currentModel, type ModelsSlice } from '../models/chosen-model.ts';
import type { PictureSlice } from '../picture/picture-state.ts';

/** What it sees of the page. */
export interface ApiApp extends MakingContext {
  readonly deps: MakingDeps & {
    /** 0 ≤ x < 1. */
    readonly random: () => number;
  };
  readonly store: Slice<
    ModelsSlice & EngineSlice & TimingsSlice & PreferencesSlice & ToastSlice & Pick<PictureSlice, 'lists'>
  >;
}

export type ApiHost = ReturnType<typeof createApiHost>;

/** Sent by another Zoetrope, for whose person this one draws: it must not be asked back. */
export const hopHeader = 'x-zoetrope-hop';

/** The same, which knows no other machine than this one. */
export function hereOnly(host: ApiHost): ApiHost {
  const models = () => host.models().filter(({ ref }) => ref.source.kind !== 'elsewhere');
  const currentModel = () => {
    const current = host.currentModel();
    return current.ref.source.kind === 'elsewhere' ? models()[0]! : current;
  };
  return { ...host, alone: true, models, currentModel };
}

export function createApiHost(app: ApiApp) {
  const { store, host, turns, deps } = app;
  return {
    app,
    /** No other machine takes part. */
    alone: false as boolean,
    /** Takes a turn at the page's engine. */
    inTurn: <T>(run: (signal: AbortSignal) => Promise<T>, signal: AbortSignal): Promise<T> => {
      const handle = turns.add({ kind: 'api-measure', run });
      signal.addEventListener('abort', () => handle.cancel(), { once: true });
      return handle.done;
    },
    models: (): readonly ModelEntry[] => store.getState().models,
    currentModel: (): ModelEntry => currentModel(store.getState()),
    backend: () => currentBackend(store.getState()),
    loaded: (): LoadedModel | null => loadedModel(store),
    /** What a model would run on, asked without loading one. */
    likelyBackend: async (): Promise<Backend> => {
      const chosen = currentBackend(store.getState());
      if (chosen !== 'auto') return chosen;
      const { webgpu } = await host.engine().call('probe', null);
      return webgpu.status === 'available' && !webgpu.software ? 'webgpu' : 'wasm';
    },
    /** In the gallery, beside what the person made; the answer does not wait for it. */
    keep: (work: NewWork): void => void keepApiWork(app, work),
    drawSeed: () => drawSeed(deps.random),
    /** The person's own, for prompts that ask for them. */
    lists: () => store.getState().lists,
  };
}
