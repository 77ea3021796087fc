import { AppError } from '../../errors.ts';
import { readSettings } from '../schedule/scheduler-fields.ts';
import type { SchedulerSettings } from '../schedule/scheduler-fields.ts';

/** The scheduler classes of diffusers that have a sampler here. */
export const schedulerClasses = [
  'DDIMScheduler',
  'DDPMScheduler',
  'DEISMultistepScheduler',
  'DPMSolverMultistepScheduler',
  'EulerAncestralDiscreteScheduler',
  'EulerDiscreteScheduler',
  'HeunDiscreteScheduler',
  'LCMScheduler',
  'LMSDiscreteScheduler',
  'PNDMScheduler',
  'UniPCMultistepScheduler',
] as const;

export type SchedulerClass = (typeof schedulerClasses)[number];

export interface SchedulerConfig {
  readonly className: SchedulerClass;
  /** Only what the file states. What it leaves out is the class's default, so it changes when the class does (`settingsOf`). */
  readonly given: Partial<SchedulerSettings>;
  /** What the person chose over it, also where the class does not have the option in diffusers (Karras' σ for Euler ancestral). */
  readonly chosen?: Partial<SchedulerSettings>;
}

/**
 * Reads the text of a scheduler_config.json. Python writes `-Infinity`, `Infinity` and `NaN` into such files, which JSON does not have.
 * @throws AppError `file-corrupt` for text that is no such file, `model-unsupported` for a class or option that no sampler here has.
 */
export function parseSchedulerConfig(text: string): SchedulerConfig {
  const values = parsePythonJson(text);
  if (typeof values !== 'object' || values === null || Array.isArray(values)) {
    throw new AppError('file-corrupt', 'scheduler_config.json holds no object');
  }
  const { _class_name: className, ...options } = values as Record<string, unknown>;
  if (typeof className !== 'string') {
    throw new AppError('file-corrupt', 'scheduler_config.json names no _class_name');
  }
  return schedulerConfig(className, options);
}

/**
 * @param options the options under diffusers' own names (`beta_start` …); those that no sampler here reads are ignored.
 * @throws AppError `model-unsupported`
 */
export function schedulerConfig(
  className: string,
  options: Readonly<Record<string, unknown>>,
): SchedulerConfig {
  const known = schedulerClasses.find((name) => name === className);
  if (known === undefined) {
    throw new AppError('model-unsupported', `the scheduler class ${className} is not supported`);
  }
  return { className: known, given: readSettings(options) };
}

/** Every option of the class: what the file states, and the defaults of diffusers for the rest. */
export function settingsOf({ className, given, chosen }: SchedulerConfig): SchedulerSettings {
  return { ...commonDefaults, ...classDefaults[className], ...given, ...classLacks[className], ...chosen };
}

function parsePythonJson(text: string): unknown {
  const replacements: Readonly<Record<string, string>> = {
    NaN: 'null',
    Infinity: '1e999',
    '-Infinity': '-1e999',
  };
  // A string literal is matched first and kept, so that only bare words are replaced.
  const json = text.replaceAll(/"(?:[^"\\]|\\.)*"|-?Infinity|NaN/g, (match) => replacements[match] ?? match);
  try {
    return JSON.parse(json);
  } catch (cause) {
    throw new AppError('file-corrupt', 'scheduler_config.json is not JSON', { cause });
  }
}

const commonDefaults: SchedulerSettings = {
  numTrainTimesteps: 1000,
  betaStart: 0.0001,
  betaEnd: 0.02,
  betaSchedule: 'linear',
  trainedBetas: null,
  predictionType: 'epsilon',
  timestepSpacing: 'linspace',
  stepsOffset: 0,
  rescaleBetasZeroSnr: false,
  setAlphaToOne: true,
  clipSample: false,
  clipSampleRange: 1,
  thresholding: false,
  dynamicThresholdingRatio: 0.995,
  sampleMaxValue: 1,
  skipPrkSteps: false,
  varianceType: 'fixed_small',
  useKarrasSigmas: false,
  useExponentialSigmas: false,
  useBetaSigmas: false,
  useLuLambdas: false,
  sigmaMin: null,
  sigmaMax: null,
  interpolationType: 'linear',
  timestepType: 'discrete',
  finalSigmasType: 'zero',
  solverOrder: 2,
  algorithmType: 'dpmsolver++',
  solverType: 'midpoint',
  predictX0: true,
  lowerOrderFinal: true,
  eulerAtFinal: false,
  disableCorrector: [],
  lambdaMinClipped: -Infinity,
  originalInferenceSteps: 50,
  timestepScaling: 10,
};

const classDefaults: Readonly<Record<SchedulerClass, Partial<SchedulerSettings>>> = {
  DDIMScheduler: { timestepSpacing: 'leading', clipSample: true },
  DDPMScheduler: { timestepSpacing: 'leading', clipSample: true },
  DEISMultistepScheduler: {},
  DPMSolverMultistepScheduler: {},
  EulerAncestralDiscreteScheduler: {},
  EulerDiscreteScheduler: {},
  HeunDiscreteScheduler: { betaStart: 0.00085, betaEnd: 0.012 },
  LCMScheduler: {
    betaStart: 0.00085,
    betaEnd: 0.012,
    betaSchedule: 'scaled_linear',
    timestepSpacing: 'leading',
  },
  LMSDiscreteScheduler: {},
  PNDMScheduler: { timestepSpacing: 'leading', setAlphaToOne: false },
  UniPCMultistepScheduler: { solverType: 'bh2' },
};

const noCurve: Partial<SchedulerSettings> = {
  useKarrasSigmas: false,
  useExponentialSigmas: false,
  useBetaSigmas: false,
};

const sigmaClassLacks: Partial<SchedulerSettings> = {
  rescaleBetasZeroSnr: false,
  sigmaMin: null,
  sigmaMax: null,
  finalSigmasType: 'zero',
  interpolationType: 'linear',
};

/** Options that the class does not have in diffusers, so that a file which states them for another class changes nothing. */
const classLacks: Readonly<Record<SchedulerClass, Partial<SchedulerSettings>>> = {
  DDIMScheduler: {},
  DDPMScheduler: {},
  DEISMultistepScheduler: { rescaleBetasZeroSnr: false, sigmaMin: null, sigmaMax: null },
  DPMSolverMultistepScheduler: { sigmaMin: null, sigmaMax: null },
  EulerAncestralDiscreteScheduler: { ...noCurve, finalSigmasType: 'zero', interpolationType: 'linear' },
  EulerDiscreteScheduler: {},
  HeunDiscreteScheduler: sigmaClassLacks,
  LCMScheduler: {},
  LMSDiscreteScheduler: sigmaClassLacks,
  PNDMScheduler: { rescaleBetasZeroSnr: false },
  UniPCMultistepScheduler: {},
};
