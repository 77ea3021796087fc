/** The page's end of the API with an engine that the test holds. */
import { createAnswerer } from '../app/api/answer.ts';
import type { FilmMaker } from '../app/api/film-work.ts';
import { createApiHost } from '../app/api/host.ts';
import { createFilmMaker } from '../app/api/make-film.ts';
import type { ImageFiles } from '../app/making/making-context.ts';
import type { MachineAccess } from '../app/machines/machine-state.ts';
import type { ModelLock } from '../app/making/model-lock.ts';
import type { VideoEngine } from '../engine/video-protocol.ts';
import { createApiJobs } from '../app/api/jobs.ts';
import { createWaiting, type AskContext, type Reply } from '../app/api/waiting.ts';
import { createAppStore } from '../app/shell/app-store.ts';
import { heldEngine, loadedModel, pictureEvents } from './held-engine.ts';
import type { ModelEntry } from '../domain/model/model.ts';
import type { GalleryKeeping } from '../app/gallery/hooks.ts';

const model: ModelEntry = {
  ref: { id: 'built-in', revision: 'r1', source: { kind: 'stored' } },
  card: {
    name: 'Built-in',
    description: 'Small.',
    licence: 'MIT',
    defaults: { sampler: 'ddim', steps: 4, guidanceScale: 4, width: 256, height: 256 },
    sizeMultiple: 32,
    examples: [],
  },
};

const unused = () => Promise.reject(new Error('not for this test'));

interface ApiPageOptions {
  readonly makeFilm?: FilmMaker;
  readonly images?: Partial<ImageFiles>;
  readonly basePath?: string;
  readonly keeping?: GalleryKeeping;
  readonly modelLock?: ModelLock;
  readonly machines?: MachineAccess;
  /** What lies in the browser's storage. */
  readonly stored?: Readonly<Record<string, string>>;
  readonly startVideo?: () => Promise<VideoEngine>;
}

export function openApiPage(change: ApiPageOptions = {}) {
  const held = heldEngine();
  const app = createAppStore({
    models: [model],
    createEngine: (onCrash) => held.create(onCrash),
    storage: {
      getItem: (key) => change.stored?.[key] ?? null,
      setItem: () => undefined,
      removeItem: () => undefined,
    },
    images: {
      encode: ({ width, height }, recipe) =>
        Promise.resolve(new Blob([JSON.stringify({ width, height, recipe })], { type: 'image/png' })),
      pngOfRows: unused,
      measure: unused,
      decode: unused,
      readRecipe: unused,
      createUrl: () => '',
      revokeUrl: () => undefined,
      ...change.images,
    },
    appName: 'Zoetrope test',
    backendOverride: 'wasm',
    now: () => 0,
    random: () => 0.5,
    keepAwake: () => () => undefined,
    pause: () => Promise.resolve(),
    onPicture: () => undefined,
    ...(change.machines && { machines: change.machines }),
    ...(change.keeping && { keeping: change.keeping }),
    ...(change.modelLock && { modelLock: change.modelLock }),
  });
  const jobs = createApiJobs({ turns: app.turns, keep: { count: 3, bytes: 1_000_000 } });
  const timers = new Set<() => void>();
  let ids = 0;
  const host = createApiHost(app.context);
  const answerer = createAnswerer({
    host,
    jobs,
    waiting: createWaiting({
      later: (callback) => {
        timers.add(callback);
        return () => void timers.delete(callback);
      },
      forget: (id) => jobs.forget(id),
    }),
    makeFilm: change.makeFilm ?? createFilmMaker(host, change.startVideo ?? unused),
    newId: () => `job-${++ids}`,
    basePath: change.basePath ?? '',
  });

  const ask = (method: string, path: string, body?: unknown, given: Asking = {}): Promise<Reply> => {
    const [bare = '', query = ''] = path.split('?');
    const { headers = {}, ...context } = given;
    const text = body === undefined ? '' : JSON.stringify(body);
    return answerer.answer(
      {
        method,
        path: bare,
        query,
        headers: { 'content-type': 'application/json', ...headers },
        body: { text },
      },
      { signal: new AbortController().signal, ...context },
    );
  };
  return {
    app,
    held,
    jobs,
    answerer,
    ask,
    /** The time that is waited for has come. */
    runTimers: () => [...timers].forEach((callback) => callback()),
    /** Lets the engine draw the next picture that it is asked for. */
    draw: async () => {
      const load = await held.next('load');
      load.resolve(loadedModel);
      const call = await held.next('generate');
      pictureEvents(call.params, 0).forEach((event) => call.emit(event));
      call.resolve({ backend: 'wasm' });
      return call.params;
    },
  };
}

type Asking = Partial<AskContext> & { readonly headers?: Readonly<Record<string, string>> };

export async function textOf({ body }: Reply): Promise<string> {
  if (typeof body === 'string') return body;
  if (body instanceof Blob) return body.text();
  let text = '';
  for await (const part of body) text += typeof part === 'string' ? part : await part.text();
  return text;
}

export const jsonOf = async (reply: Reply) => JSON.parse(await textOf(reply)) as Record<string, unknown>;
