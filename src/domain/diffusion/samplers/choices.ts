/** The samplers that a person can choose: the one table of them. Each is a scheduler class of diffusers plus the options that name it. */
import type { SchedulerSettings } from '../schedule/scheduler-fields.ts';
import { noCurve, scheduleChoices } from './schedule-ids.ts';
import type { SchedulerClass } from './scheduler-classes.ts';

export interface SamplerChoice {
  /** As the person reads it. */
  readonly name: string;
  /** What AUTOMATIC1111's web UI calls it, and its `Schedule type`. */
  readonly webUi: readonly [sampler: string, schedule: string];
  /** It goes over a fixed list of timesteps: no schedule can be chosen. */
  readonly fixedTimesteps?: true;
  /** The model is asked twice in every step but the last. */
  readonly callsPerStep?: 2;
  readonly className: SchedulerClass;
  /** What the sampler's name says, whatever the model's file says. */
  readonly named: Partial<SchedulerSettings>;
  /** Where the class's default would be wrong for latents. */
  readonly unlessGiven?: Partial<SchedulerSettings>;
}

const karras = scheduleChoices.karras.options;

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

export const samplerChoices = {
  ddim: {
    name: 'DDIM',
    webUi: ['DDIM', 'Uniform'],
    fixedTimesteps: true,
    className: 'DDIMScheduler',
    named: { thresholding: false },
    unlessGiven: { clipSample: false, setAlphaToOne: false },
  },
  dpm2: {
    name: 'DPM2',
    webUi: ['DPM2', 'Uniform'],
    callsPerStep: 2,
    className: 'KDPM2DiscreteScheduler',
    named: noCurve,
  },
  'dpm2-ancestral': {
    name: 'DPM2 a',
    webUi: ['DPM2 a', 'Uniform'],
    callsPerStep: 2,
    className: 'KDPM2AncestralDiscreteScheduler',
    named: noCurve,
  },
  'dpmpp-2m': {
    name: 'DPM++ 2M',
    webUi: ['DPM++ 2M', 'Uniform'],
    className: 'DPMSolverMultistepScheduler',
    named: dpmpp2m,
  },
  'dpmpp-2m-karras': {
    name: 'DPM++ 2M Karras',
    webUi: ['DPM++ 2M', 'Karras'],
    className: 'DPMSolverMultistepScheduler',
    named: { ...dpmpp2m, ...karras },
  },
  'dpmpp-2m-sde-karras': {
    name: 'DPM++ 2M SDE Karras',
    webUi: ['DPM++ 2M SDE', 'Karras'],
    className: 'DPMSolverMultistepScheduler',
    named: { ...dpmpp2m, ...karras, algorithmType: 'sde-dpmsolver++' },
  },
  'dpmpp-2s-ancestral': {
    name: 'DPM++ 2S a',
    webUi: ['DPM++ 2S a', 'Uniform'],
    callsPerStep: 2,
    className: 'sample_dpmpp_2s_ancestral',
    named: noCurve,
  },
  'dpmpp-3m-sde': {
    name: 'DPM++ 3M SDE',
    webUi: ['DPM++ 3M SDE', 'Uniform'],
    className: 'DPMSolverMultistepScheduler',
    named: { ...dpmpp2m, algorithmType: 'sde-dpmsolver++', solverOrder: 3 },
  },
  'dpmpp-sde': {
    name: 'DPM++ SDE',
    webUi: ['DPM++ SDE', 'Uniform'],
    callsPerStep: 2,
    className: 'DPMSolverSDEScheduler',
    named: noCurve,
  },
  'dpmpp-sde-karras': {
    name: 'DPM++ SDE Karras',
    webUi: ['DPM++ SDE', 'Karras'],
    callsPerStep: 2,
    className: 'DPMSolverSDEScheduler',
    named: karras,
  },
  euler: { name: 'Euler', webUi: ['Euler', 'Uniform'], className: 'EulerDiscreteScheduler', named: noCurve },
  'euler-ancestral': {
    name: 'Euler a',
    webUi: ['Euler a', 'Uniform'],
    className: 'EulerAncestralDiscreteScheduler',
    named: noCurve,
  },
  'euler-karras': {
    name: 'Euler Karras',
    webUi: ['Euler', 'Karras'],
    className: 'EulerDiscreteScheduler',
    named: karras,
  },
  heun: {
    name: 'Heun',
    webUi: ['Heun', 'Uniform'],
    callsPerStep: 2,
    className: 'HeunDiscreteScheduler',
    named: noCurve,
  },
  lcm: {
    name: 'LCM',
    webUi: ['LCM', 'Uniform'],
    fixedTimesteps: true,
    className: 'LCMScheduler',
    named: { thresholding: false },
    unlessGiven: { setAlphaToOne: false },
  },
  lms: { name: 'LMS', webUi: ['LMS', 'Uniform'], className: 'LMSDiscreteScheduler', named: noCurve },
  pndm: {
    name: 'PLMS',
    webUi: ['PLMS', 'Uniform'],
    fixedTimesteps: true,
    className: 'PNDMScheduler',
    named: { skipPrkSteps: true },
    unlessGiven: { setAlphaToOne: false },
  },
  'tiny-sd': {
    name: 'tiny-sd',
    webUi: ['DPM++ 2M', 'Uniform'],
    className: 'DPMSolverMultistepScheduler',
    named: { ...dpmpp2m, timestepSpacing: 'linspace' },
  },
  unipc: {
    name: 'UniPC',
    webUi: ['UniPC', 'Uniform'],
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
} as const satisfies Readonly<Record<string, SamplerChoice>>;

export type SamplerId = keyof typeof samplerChoices;

export const samplerIds = Object.keys(samplerChoices) as readonly SamplerId[];

/** Whether a schedule can be chosen over it. */
export const hasSchedules = (id: SamplerId | 'model'): boolean => {
  if (id === 'model') return false;
  const { fixedTimesteps }: SamplerChoice = samplerChoices[id];
  return fixedTimesteps !== true;
};
