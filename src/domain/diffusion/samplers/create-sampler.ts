import { AppError } from '../../errors.ts';
import { createDdim } from './ddim.ts';
import { createDdpm } from './ddpm.ts';
import { createDeis } from './deis.ts';
import { createDpmMultistep } from './dpm-multistep.ts';
import { createEulerAncestral } from './euler-ancestral.ts';
import { createEuler } from './euler.ts';
import { createHeun } from './heun.ts';
import { createLcm } from './lcm.ts';
import { createLms } from './lms.ts';
import { createPndm } from './pndm.ts';
import type { SamplerId } from './sampler.ts';
import type { ScheduleId } from './schedule-ids.ts';
import type { ScheduledSampler } from './scheduled-sampler.ts';
import { settingsOf } from './scheduler-config.ts';
import type { SchedulerClass, SchedulerConfig } from './scheduler-config.ts';
import type { SchedulerSettings } from '../schedule/scheduler-fields.ts';
import { createUniPc } from './unipc.ts';

/**
 * A sampler for one picture.
 * @param steps 1 … `numTrainTimesteps`
 * @throws AppError `bad-input` (field `steps`), `model-unsupported` for options that the sampler does not have
 */
export function createSampler(config: SchedulerConfig, steps: number): ScheduledSampler {
  const settings = settingsOf(config);
  if (!Number.isInteger(steps) || steps < 1 || steps > settings.numTrainTimesteps) {
    const range = `1 to ${settings.numTrainTimesteps}`;
    throw new AppError('bad-input', `${steps} steps: a whole number from ${range} is needed`, {
      field: 'steps',
    });
  }
  return families[config.className](settings, steps);
}

/**
 * The chosen sampler over the model's own noise schedule: diffusers' `Class.from_config(model.config, **options of the sampler)`.
 * What the model's file states (betas, prediction type, spacing, offset) stays; what it leaves out follows the new class.
 */
export function configFor(
  sampler: SamplerId | 'model',
  model: SchedulerConfig,
  schedule?: ScheduleId,
): SchedulerConfig {
  if (sampler === 'model') return model;
  const chosen = schedule && hasSchedules(sampler) && { chosen: scheduleOptions[schedule] };
  const { className, named, unlessGiven = {} } = samplers[sampler];
  return {
    className,
    given: { ...unlessGiven, ...trainingFacts(model), ...model.given, ...named },
    ...chosen,
  };
}

/** Whether a schedule can be chosen over it; the others go over a fixed list of timesteps. */
export const hasSchedules = (sampler: SamplerId | 'model'): boolean =>
  !['ddim', 'lcm', 'pndm', 'model'].includes(sampler);

const families: Readonly<
  Record<SchedulerClass, (settings: SchedulerSettings, steps: number) => ScheduledSampler>
> = {
  DDIMScheduler: createDdim,
  DDPMScheduler: createDdpm,
  DEISMultistepScheduler: createDeis,
  DPMSolverMultistepScheduler: createDpmMultistep,
  EulerAncestralDiscreteScheduler: createEulerAncestral,
  EulerDiscreteScheduler: createEuler,
  HeunDiscreteScheduler: createHeun,
  LCMScheduler: createLcm,
  LMSDiscreteScheduler: createLms,
  PNDMScheduler: createPndm,
  UniPCMultistepScheduler: createUniPc,
};

/** How the model was trained does not change with the sampler, even where its file leaves that to its class's defaults. */
function trainingFacts(model: SchedulerConfig): Partial<SchedulerSettings> {
  const { numTrainTimesteps, betaStart, betaEnd, betaSchedule, trainedBetas, predictionType } =
    settingsOf(model);
  return { numTrainTimesteps, betaStart, betaEnd, betaSchedule, trainedBetas, predictionType };
}

interface SamplerOptions {
  readonly className: SchedulerClass;
  /** What the sampler's name says, whatever the model's file says. */
  readonly named: Partial<SchedulerSettings>;
  /** Where the class's default would be wrong for latents. */
  readonly unlessGiven?: Partial<SchedulerSettings>;
}

const noCurve: Partial<SchedulerSettings> = {
  useKarrasSigmas: false,
  useExponentialSigmas: false,
  useBetaSigmas: false,
  useLuLambdas: false,
};

const karras: Partial<SchedulerSettings> = { ...noCurve, useKarrasSigmas: true };

/** By the names of other programs, in diffusers' options (its documentation, "Schedulers": A1111 and k-diffusion names). */
const scheduleOptions: Readonly<Record<ScheduleId, Partial<SchedulerSettings>>> = {
  uniform: noCurve,
  karras,
  exponential: { ...noCurve, useExponentialSigmas: true },
  'sgm-uniform': { ...noCurve, timestepSpacing: 'trailing' },
  simple: { ...noCurve, timestepSpacing: 'trailing' },
};

const dpmpp2m: Partial<SchedulerSettings> = {
  ...noCurve,
  algorithmType: 'dpmsolver++',
  solverType: 'midpoint',
  solverOrder: 2,
  lowerOrderFinal: true,
  eulerAtFinal: false,
  finalSigmasType: 'zero',
  thresholding: false,
};

const samplers: Readonly<Record<SamplerId, SamplerOptions>> = {
  ddim: {
    className: 'DDIMScheduler',
    named: { thresholding: false },
    unlessGiven: { clipSample: false, setAlphaToOne: false },
  },
  'dpmpp-2m': { className: 'DPMSolverMultistepScheduler', named: dpmpp2m },
  'dpmpp-2m-karras': { className: 'DPMSolverMultistepScheduler', named: { ...dpmpp2m, ...karras } },
  'dpmpp-2m-sde-karras': {
    className: 'DPMSolverMultistepScheduler',
    named: { ...dpmpp2m, ...karras, algorithmType: 'sde-dpmsolver++' },
  },
  euler: { className: 'EulerDiscreteScheduler', named: noCurve },
  'euler-ancestral': { className: 'EulerAncestralDiscreteScheduler', named: noCurve },
  'euler-karras': { className: 'EulerDiscreteScheduler', named: karras },
  heun: { className: 'HeunDiscreteScheduler', named: noCurve },
  lcm: {
    className: 'LCMScheduler',
    named: { thresholding: false },
    unlessGiven: { setAlphaToOne: false },
  },
  lms: { className: 'LMSDiscreteScheduler', named: noCurve },
  pndm: { className: 'PNDMScheduler', named: { skipPrkSteps: true }, unlessGiven: { setAlphaToOne: false } },
  'tiny-sd': { className: 'DPMSolverMultistepScheduler', named: { ...dpmpp2m, timestepSpacing: 'linspace' } },
  unipc: {
    className: 'UniPCMultistepScheduler',
    named: {
      ...noCurve,
      solverType: 'bh2',
      solverOrder: 2,
      predictX0: true,
      lowerOrderFinal: true,
      disableCorrector: [],
      finalSigmasType: 'zero',
      thresholding: false,
    },
  },
};
