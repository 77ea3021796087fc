import type { ModelCard } from '../../domain/model/card.ts';
import type { NoiseSource } from '../../domain/diffusion/noise-source.ts';
import type { Speed } from '../../domain/diffusion/fast/speeds.ts';
import type { ImageSettings } from '../../domain/diffusion/image-settings.ts';
import type { Variation } from '../../domain/diffusion/variation.ts';
import { hasSchedules } from '../../domain/diffusion/samplers/choices.ts';

/** What the person is composing. Numbers may be wrong (NaN for an empty field): `draftProblems` tells. */
export interface Draft extends ImageSettings {
  readonly noise: NoiseSource;
  readonly variation: Variation;
  readonly clipSkip: number;
  readonly speed: Speed;
  /** Keep the seed for the next pictures; otherwise each run draws a new one. */
  readonly seedLocked: boolean;
  readonly count: number;
  /** Image-to-image: 0 keeps the source, 1 ignores it. */
  readonly strength: number;
}

export const noVariation: Variation = { seed: 0, strength: 0 };

export function defaultDraft({ defaults }: ModelCard): Draft {
  return {
    prompt: '',
    negativePrompt: '',
    steps: defaults.steps,
    guidanceScale: defaults.guidanceScale,
    seed: 0,
    width: defaults.width,
    height: defaults.height,
    sampler: defaults.sampler,
    schedule: undefined,
    noise: 'torch-cpu',
    speed: 'exact',
    variation: noVariation,
    clipSkip: 1,
    seedLocked: false,
    count: 1,
    strength: 0.6,
  };
}

/** The draft's part that makes one picture, as it stands. */
export function pictureSettings(draft: Draft) {
  const { prompt, negativePrompt, steps, guidanceScale, seed, variation, ...others } = draft;
  const { width, height, sampler, schedule, noise, speed, vae, clipSkip, hires } = others;
  const drawn = { prompt, negativePrompt, steps, guidanceScale, seed, variation };
  return { ...drawn, width, height, sampler, schedule, noise, speed, vae, clipSkip, hires };
}

/** As the engine and the recipe are told: what is usual is not said. */
export function draftSettings(draft: Draft): ImageSettings {
  const { schedule, noise, speed, variation, vae, clipSkip, hires, prompt, ...others } =
    pictureSettings(draft);
  return {
    prompt: prompt.trim(),
    ...others,
    ...(schedule && hasSchedules(draft.sampler) && { schedule }),
    ...(noise !== 'torch-cpu' && { noise }),
    ...(speed !== 'exact' && { speed }),
    ...(variation.strength !== 0 && { variation }),
    ...(vae !== undefined && { vae }),
    ...(clipSkip !== 1 && { clipSkip }),
    ...(hires && { hires }),
  };
}
