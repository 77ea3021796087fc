import type { SchedulerSettings } from '../schedule/scheduler-fields.ts';

export interface ScheduleChoice {
  /** As AUTOMATIC1111's web UI calls it. */
  readonly name: string;
  /** In diffusers' options (its documentation, "Schedulers": A1111 and k-diffusion names). */
  readonly options: Partial<SchedulerSettings>;
}

export const noCurve: Partial<SchedulerSettings> = {
  useKarrasSigmas: false,
  useExponentialSigmas: false,
  useBetaSigmas: false,
  useAlignedSigmas: false,
  useLuLambdas: false,
};

/** Noise schedules that can be chosen apart from the sampler, by the names that other programs give them. */
export const scheduleChoices = {
  uniform: { name: 'Uniform', options: noCurve },
  karras: { name: 'Karras', options: { ...noCurve, useKarrasSigmas: true } },
  exponential: { name: 'Exponential', options: { ...noCurve, useExponentialSigmas: true } },
  'sgm-uniform': { name: 'SGM Uniform', options: { ...noCurve, timestepSpacing: 'trailing' } },
  beta: { name: 'Beta', options: { ...noCurve, useBetaSigmas: true } },
  'align-your-steps': { name: 'Align Your Steps', options: { ...noCurve, useAlignedSigmas: true } },
  simple: { name: 'Simple', options: { ...noCurve, timestepSpacing: 'trailing' } },
} as const satisfies Readonly<Record<string, ScheduleChoice>>;

export type ScheduleId = keyof typeof scheduleChoices;

export const scheduleIds = Object.keys(scheduleChoices) as readonly ScheduleId[];
