import { pictureSize } from '../../domain/video/prompts.ts';
import type { ImageSettings } from '../../domain/diffusion/image-settings.ts';
import type { PictureContext, KeptSource } from './picture-context.ts';
import { defaultDraft, noVariation, type Draft } from './draft.ts';
import type { Size } from '../making/making-context.ts';
import { currentModel, sizeRules } from '../models/chosen-model.ts';
import { drawSeed } from '../base/random.ts';

export function draftActions({ store, deps }: PictureContext) {
  const edit = (change: Partial<Draft>) => {
    const submitted = change.prompt === undefined && store.getState().submitted;
    store.setState(({ draft }) => ({ draft: { ...draft, ...change }, submitted }));
  };
  return {
    edit,
    /** A new seed, kept for the pictures to come. */
    rollSeed: () => edit({ seed: drawSeed(deps.random), seedLocked: true }),
    rollVariation: () => {
      const { variation } = store.getState().draft;
      edit({ variation: { ...variation, seed: drawSeed(deps.random) } });
    },
    /** The aspect ratio at about the area that the model was trained on. */
    chooseAspect: (aspect: Size) => edit(pictureSize(aspect, sizeRules(store.getState()))),
    /** Everything under Advanced; the prompt stays. */
    resetSettings: () => {
      const { draft } = store.getState();
      edit({ ...defaultDraft(currentModel(store.getState()).card), prompt: draft.prompt });
    },
  };
}

export interface ToApply {
  readonly settings: Partial<ImageSettings>;
  readonly strength?: number;
  readonly count?: number;
  /** Without it: locked, where there is a seed. */
  readonly seedLocked?: boolean;
}

/** Puts the settings of a recipe into the draft. Returns what puts everything back. */
export function applySettings(
  { store, open, deps }: PictureContext,
  { settings, strength, count, seedLocked }: ToApply,
  source?: KeptSource | null,
): () => void {
  const { draft, tokens, source: sourceBefore } = store.getState();
  const fileBefore = open.source;
  const lock = settings.seed === undefined ? {} : { seedLocked: seedLocked ?? true };
  // A recipe names only what differs from these.
  const unsaid = {
    noise: 'torch-cpu',
    speed: 'exact',
    schedule: undefined,
    hires: undefined,
    vae: undefined,
    variation: noVariation,
    clipSkip: 1,
  } as const;
  const usedStrength = source?.strength ?? strength;
  const amount = usedStrength === undefined ? {} : { strength: usedStrength };
  store.setState({
    draft: { ...draft, ...unsaid, ...settings, ...lock, ...amount, count: count ?? draft.count },
    submitted: false,
  });
  if (source === null) {
    open.source = null;
    store.setState({ source: null, sourceProblem: null });
  } else if (source) {
    open.source = source.file;
    void deps.images.measure(source.file).then((size) => {
      if (open.source !== source.file) return;
      store.setState({ source: { url: deps.images.createUrl(source.file), name: source.name, ...size } });
    });
  }
  return () => {
    open.source = fileBefore;
    store.setState({ draft, tokens, source: sourceBefore });
  };
}

export type DraftActions = ReturnType<typeof draftActions>;
