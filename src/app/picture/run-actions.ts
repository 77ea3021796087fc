/** Asking for pictures: from a checked draft to a job of the line. */
import type { MachineQuote } from '../../engine/machine-protocol.ts';
import { isPaid } from '../machines/machine-state.ts';
import { settingsOfPicture } from '../../domain/diffusion/image-settings.ts';
import { modelCalls } from '../../domain/diffusion/samplers/model-calls.ts';
import { drawChoices } from '../../domain/diffusion/prompt/prompt-choices.ts';
import type { PictureContext } from './picture-context.ts';
import { draftProblems, type DraftProblems } from './draft-problems.ts';
import { draftSettings } from './draft.ts';
import { expectedPicture } from './expected-picture.ts';
import { loadModel } from '../making/load-model.ts';
import { cancelRun } from './picture-job.ts';
import { askFor, chosen } from './ask-for.ts';
import { drawnRuns } from './drawn-runs.ts';
import { currentModel, sizeRules, chosenModel } from '../models/chosen-model.ts';
import type { Picture } from './picture-state.ts';
import { drawSeed } from '../base/random.ts';

export function runActions(context: PictureContext) {
  const { deps, store, host, turns, queue, open } = context;

  /** The model that is chosen, for a picture as the draft stands. */
  const expected = () => ({ ...chosenModel(context), ready: expectedPicture(store.getState()) });

  return {
    /** Returns what is wrong with the draft; empty when a run has begun, or waits for those before it. */
    generate: (): DraftProblems => {
      const state = store.getState();
      const problems = draftProblems(state.draft, sizeRules(state).sizeMultiple);
      store.setState({ submitted: true });
      if (Object.keys(problems).length > 0) return problems;
      if (!state.draft.seedLocked) edit(context, { seed: drawSeed(deps.random) });
      const { draft, lists } = store.getState();
      for (const run of drawnRuns(draftSettings(draft), draft.count, lists)) askFor(context, run);
      return {};
    },
    /** The same picture with the next seed. */
    vary: ({ id, recipe }: Picture) => {
      askFor(
        context,
        { settings: settingsOfPicture(recipe.settings, 1), count: 1 },
        context.kept.get(id)?.source ?? null,
      );
    },
    /** After a failure: the same once more, with the model and backend that are chosen now. */
    retry: () => {
      const last = open.lastPicture;
      if (last) queue.add({ ...last.job, ...chosen(context) }, last.source);
    },
    cancel: () => cancelRun(context),
    /** What the pictures of the draft cost on the machine that draws; null where they cost nothing, and where it cannot be known now. */
    quote: async (signal: AbortSignal): Promise<MachineQuote | null> => {
      const state = store.getState();
      const model = currentModel(state);
      if (!isPaid(state, model)) return null;
      const { quotePicture } = await import('../making/machine-engine.ts');
      const settings = draftSettings(state.draft);
      return quotePicture(context, model, settings, signal).catch(
        () => null /* The run tells what is wrong. */,
      );
    },
    /** Loads the model before it is needed, so that the first picture comes soon. A failure is told by the run that follows. */
    warmUp: () => {
      if (store.getState().engine.status !== 'asleep' || drawsElsewhere(store.getState())) return;
      store.setState({ engine: { status: 'loading', now: { phase: 'waiting' } } });
      turns
        .add({ kind: 'load', run: (signal) => loadModel(context, expected(), signal) })
        .done.catch(() => undefined /* It lies in the store as the engine's state. */);
    },
    /** Counts only once the worker is up; an answer for a text that has changed since is dropped. */
    countTokens: async (): Promise<void> => {
      const { draft } = store.getState();
      if (!host.running() || drawsElsewhere(store.getState())) return;
      const { text } = drawChoices(draft.prompt, draft.seed, store.getState().lists);
      const calls = modelCalls(draft);
      const params = { model: currentModel(store.getState()).ref, text, calls };
      const tokens = await host
        .engine()
        .call('countTokens', params)
        .catch(() => null /* The count is a help only; the run tells what is wrong. */);
      if (store.getState().draft.prompt === draft.prompt) store.setState({ tokens });
    },
  };
}

/** Then nothing is asked of this device, and of the other machine nothing before a picture is wanted. */
const drawsElsewhere = (state: ReturnType<PictureContext['store']['getState']>) =>
  currentModel(state).ref.source.kind === 'elsewhere';

function edit({ store }: PictureContext, change: { readonly seed: number }): void {
  store.setState(({ draft }) => ({ draft: { ...draft, ...change } }));
}

export type RunActions = ReturnType<typeof runActions>;
