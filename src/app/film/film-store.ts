/** The Film screen's store. It outlives the screen: pictures go on being made while the person looks elsewhere. */
import { createStore, type StoreApi } from '../base/store.ts';
import type { FilmJob } from '../../domain/recipe/queue-job.ts';
import type { FilmProject } from '../../domain/video/project.ts';
import type { VideoEngine } from '../../engine/video-protocol.ts';
import { storyboardActions } from './film-actions.ts';
import type { FilmContext, FilmDeps } from './film-context.ts';
import { blankFilm, filmsActions, openLatest, saveChanges } from './film-files.ts';
import { makingActions } from './film-making.ts';
import { createFilmPlayer, type FilmPlayer } from './film-player.ts';
import { createFilmLock } from './film-lock.ts';
import { runFilmJob } from './film-job.ts';
import type { FilmState } from './film-state.ts';
import type { QueueEnd, QueueTools } from '../queue/queue.ts';
import { createPreview, type Preview } from '../making/preview.ts';

export type FilmActions = ReturnType<typeof storyboardActions> &
  ReturnType<typeof makingActions> &
  ReturnType<typeof filmsActions>;

export interface FilmStore {
  readonly store: StoreApi<FilmState>;
  readonly actions: FilmActions;
  readonly preview: Preview;
  readonly player: FilmPlayer;
  readonly now: () => number;
  /** Makes a film that has waited in the queue. */
  readonly runJob: (job: FilmJob, tools: QueueTools) => Promise<QueueEnd>;
  /** Resolves once the stored film is there; never rejects. */
  readonly ready: Promise<void>;
}

export function createFilmStore(deps: FilmDeps): FilmStore {
  const store = createStore<FilmState>(() => initialState(blankFilm(deps)));
  const open: FilmContext['open'] = {
    making: null,
    live: null,
    exporting: null,
    save: () => Promise.resolve(),
    file: null,
    videoRuns: 0,
  };
  const context: FilmContext = {
    deps,
    store,
    assets: new Map(),
    preview: createPreview(),
    video: videoHost(deps, () => open.videoRuns++),
    lock: createFilmLock({
      ...deps.tabs,
      onAsked: () => putDown(open),
      onLost: () => store.setState({ elsewhere: true }),
    }),
    open,
  };
  const actions = {
    ...storyboardActions(context),
    ...makingActions(context),
    ...filmsActions(context),
  };
  const ready = openLatest(context).then(() => saveChanges(context));
  const { preview } = context;
  return {
    store,
    actions,
    preview,
    player: createFilmPlayer(context),
    now: deps.app.deps.now,
    runJob: async (job, tools) => {
      await ready;
      return runFilmJob(context, job, tools);
    },
    ready,
  };
}

/** Another tab wants the film: what is being made of it stops, and what is finished is saved. */
async function putDown(open: FilmContext['open']): Promise<void> {
  open.live?.cancel();
  await open.live?.done;
  await open.save();
}

function initialState(project: FilmProject): FilmState {
  return {
    opened: false,
    project,
    elsewhere: false,
    others: [],
    urls: {},
    submitted: false,
    making: { status: 'idle' },
    output: { status: 'none' },
    format: 'mp4',
    encoder: 'auto',
    saveProblem: null,
    said: null,
  };
}

function videoHost({ createVideo }: FilmDeps, onCrash: () => void): () => VideoEngine {
  let current: VideoEngine | null = null;
  const start = (): VideoEngine => {
    const engine = createVideo(() => {
      if (current !== engine) return;
      current = null;
      onCrash();
    });
    return engine;
  };
  return () => (current ??= start());
}
