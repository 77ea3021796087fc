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
  heun: { name: 'Heun', webUi: ['Heun', 'Uniform'], className: 'HeunDiscreteScheduler', named: noCurve },
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
