/** What the API needs of the page: its models, its engine, its measured times. */
import type { RgbaImage } from '../../domain/diffusion/image/image.ts';
import { AppError } from '../../domain/errors.ts';
import type { ImageRecipe } from '../../domain/recipe/recipe.ts';
import type { ImageSettings } from '../../domain/recipe/settings.ts';
import type { Backend, GenerateEvent, LoadedModel } from '../../engine/protocol.ts';
import type { AppContext } from '../shell/app-context.ts';
import { currentBackend, currentModel, type ModelEntry } from '../shell/app-state.ts';
import { drawSeed } from '../picture/draft.ts';
import { keepApiWork } from '../making/keep-works.ts';
import { timingKey, recordTiming } from '../making/timings.ts';
import type { Timing } from '../engine/progress.ts';
import type { NewWork } from '../gallery/storage/gallery.ts';

export interface MadeImage {
  readonly image: RgbaImage;
  readonly backend: Backend;
}

export type ApiHost = ReturnType<typeof createApiHost>;

export function createApiHost(app: AppContext) {
  const { store, host, jobs, deps } = app;
  return {
    app,
    /** Takes a turn in the page's own line. */
    inTurn: <T>(run: (signal: AbortSignal) => Promise<T>, signal: AbortSignal): Promise<T> => {
      const handle = jobs.add({ kind: 'api-measure', run });
      signal.addEventListener('abort', () => handle.cancel(), { once: true });
      return handle.done;
    },
    models: (): readonly ModelEntry[] => store.getState().models,
    currentModel: (): ModelEntry => currentModel(store.getState()),
    loaded: (): LoadedModel | null => {
      const { engine } = store.getState();
      return engine.status === 'ready' ? engine.model : null;
    },
    /** What a model would run on, asked without loading one. */
    likelyBackend: async (): Promise<Backend> => {
      const chosen = currentBackend(store.getState());
      if (chosen !== 'auto') return chosen;
      const { webgpu } = await host.engine().call('probe', null);
      return webgpu.status === 'available' && !webgpu.software ? 'webgpu' : 'wasm';
    },
    load: async (model: ModelEntry, signal: AbortSignal): Promise<LoadedModel> => {
      const backend = currentBackend(store.getState());
      const loaded = await host.engine().call('load', { model: model.ref, backend }, { signal });
      store.setState({ engine: { status: 'ready', model: loaded } });
      return loaded;
    },
    /** One picture. Throws as the engine's `generate`. */
    generate: async (
      model: ModelEntry,
      settings: ImageSettings,
      signal: AbortSignal,
      onEvent: (event: GenerateEvent) => void,
    ): Promise<MadeImage> => {
      const letSleep = deps.keepAwake();
      try {
        let image: RgbaImage | undefined;
        const listen = (event: GenerateEvent) => {
          if (event.phase === 'image') image = event.image;
          onEvent(event);
        };
        const backend = currentBackend(store.getState());
        const params = { model: model.ref, backend, settings, count: 1 };
        const result = await host.engine().call('generate', params, { signal, onEvent: listen });
        if (!image) throw new AppError('internal', 'The engine ended without a picture.');
        return { image, backend: result.backend };
      } finally {
        letSleep();
      }
    },
    recipe: ({ ref }: ModelEntry, settings: ImageSettings, backend: Backend): ImageRecipe => ({
      version: 1,
      kind: 'image',
      settings,
      model: { id: ref.id, revision: ref.revision },
      backend,
      app: deps.appName,
    }),
    encode: (image: RgbaImage, recipe: ImageRecipe): Promise<Blob> => deps.images.encode(image, recipe),
    /** In the gallery, beside what the person made; the answer does not wait for it. */
    keep: (work: NewWork): void => void keepApiWork(app, work),
    timing: ({ ref }: ModelEntry, backend: Backend, settings: ImageSettings): Timing | undefined =>
      store.getState().timings[timingKey(ref, backend, settings)],
    keepTiming: ({ ref }: ModelEntry, backend: Backend, settings: ImageSettings, timing: Timing): void =>
      store.setState(({ timings }) => ({
        timings: recordTiming(timings, timingKey(ref, backend, settings), timing),
      })),
    drawSeed: () => drawSeed(deps.random),
  };
}
