/** Making pictures: from a checked draft to a job, and from the job's end to the store. */
import { isAbort, toPlainError } from '../../domain/errors.ts';
import type { AppContext, KeptSource } from './app-context.ts';
import { currentBackend, currentModel, sizeRules, type AppState, type Picture } from './app-state.ts';
import { draftProblems, type DraftProblems } from './draft-problems.ts';
import { draftSettings, drawSeed } from './draft.ts';
import { loadModel } from './load-model.ts';
import { runPictures, type PictureRequest } from './picture-run.ts';
import { beginProgress } from './progress.ts';

export function runActions(context: AppContext) {
  const { deps, store, host, jobs, open } = context;
  let last: PictureRequest | null = null;

  const begin = (request: PictureRequest) => {
    last = request;
    const { settings, count } = request;
    const progress = beginProgress(settings.steps, count, null);
    const run = { status: 'running', settings, progress, expectedEndMs: null, cancelling: false } as const;
    store.setState({ run, view: { kind: 'live' } });
    context.preview.show(null);
    const handle = jobs.add({ kind: 'picture', run: (signal) => runPictures(context, request, signal) });
    open.run = handle;
    void finish(context, handle.done, request);
  };

  return {
    /** Returns what is wrong with the draft; empty when a run has begun (or one is running already). */
    generate: (): DraftProblems => {
      const state = store.getState();
      if (state.run.status === 'running') return {};
      const problems = draftProblems(state.draft, sizeRules(state).sizeMultiple);
      store.setState({ submitted: true });
      if (Object.keys(problems).length > 0) return problems;
      if (!state.draft.seedLocked) edit(context, { seed: drawSeed(deps.random) });
      const { draft } = store.getState();
      begin({
        ...nowChosen(context),
        settings: draftSettings(draft),
        count: draft.count,
        source: currentSource(context),
      });
      return {};
    },
    /** The same picture with the next seed. */
    vary: ({ id, recipe }: Picture) => {
      if (store.getState().run.status === 'running') return;
      const settings = { ...recipe.settings, seed: recipe.settings.seed + 1 };
      begin({ ...nowChosen(context), settings, count: 1, source: context.kept.get(id)?.source ?? null });
    },
    /** After a failure: the same once more. */
    retry: () => {
      if (last && store.getState().run.status !== 'running') begin({ ...last, ...nowChosen(context) });
    },
    cancel: () => {
      const { run } = store.getState();
      if (run.status !== 'running') return;
      store.setState({ run: { ...run, cancelling: true } });
      open.run?.cancel();
    },
    /** Loads the model before it is needed, so that the first picture comes soon. A failure is told by the run that follows. */
    warmUp: () => {
      if (store.getState().engine.status !== 'asleep') return;
      store.setState({ engine: { status: 'loading', now: { phase: 'waiting' } } });
      jobs
        .add({ kind: 'load', run: (signal) => loadModel(context, signal) })
        .done.catch(() => undefined /* It lies in the store as the engine's state. */);
    },
    /** Counts only once the worker is up; an answer for a text that has changed since is dropped. */
    countTokens: async (): Promise<void> => {
      const { draft } = store.getState();
      if (!host.running()) return;
      const params = { model: currentModel(store.getState()).ref, text: draft.prompt };
      const tokens = await host
        .engine()
        .call('countTokens', params)
        .catch(() => null /* The count is a help only; the run tells what is wrong. */);
      if (store.getState().draft.prompt === draft.prompt) store.setState({ tokens });
    },
  };
}

/** Settles whatever happens: the store then says how the run ended. */
async function finish(
  { store, open, deps, preview }: AppContext,
  done: Promise<readonly string[]>,
  { settings }: PictureRequest,
): Promise<void> {
  const beganMs = deps.now();
  try {
    const pictureIds = await done;
    store.setState({ run: { status: 'done', pictureIds, seconds: (deps.now() - beganMs) / 1000 } });
  } catch (error) {
    store.setState(
      isAbort(error) ? cancelled : { run: { status: 'failed', error: toPlainError(error), settings } },
    );
  } finally {
    open.run = null;
    preview.show(null);
  }
}

/** The frame goes to the newest picture. */
function cancelled({ view, pictures }: AppState): Partial<AppState> {
  const newest = view.kind === 'live' ? pictures[0] : undefined;
  const run = { status: 'cancelled' } as const;
  return newest ? { run, view: { kind: 'picture', id: newest.id } } : { run };
}

function nowChosen({ store }: AppContext) {
  const state = store.getState();
  return { model: currentModel(state), backend: currentBackend(state) };
}

function currentSource({ store, open }: AppContext): KeptSource | null {
  const { source, draft } = store.getState();
  return open.source && source ? { file: open.source, name: source.name, strength: draft.strength } : null;
}

function edit({ store }: AppContext, change: { readonly seed: number }): void {
  store.setState(({ draft }) => ({ draft: { ...draft, ...change } }));
}
