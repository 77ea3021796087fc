import type { NoiseSeed } from '../generator.ts';
import type { SchedulerSettings } from '../schedule/scheduler-fields.ts';
import type { ScheduledSampler } from './scheduled-sampler.ts';

/** A scheduler class of diffusers as it is here. */
export interface SamplerClass {
  /** `seed` is for noise that does not come from the run's `randn`. Throws `model-unsupported` for options that it does not have. */
  readonly create: (settings: SchedulerSettings, steps: number, seed: NoiseSeed) => ScheduledSampler;
  /** Where diffusers' defaults differ from those of most classes. */
  readonly defaults?: Partial<SchedulerSettings>;
  /** Options that the class does not have in diffusers, so that a file which states them for another class changes nothing. */
  readonly lacks?: Partial<SchedulerSettings>;
}

/** What the classes that are defined by noise levels lack, but for Euler. */
export const sigmaClassLacks: Partial<SchedulerSettings> = {
  rescaleBetasZeroSnr: false,
  sigmaMin: null,
  sigmaMax: null,
  finalSigmasType: 'zero',
  interpolationType: 'linear',
};
