import { AppError } from '../../errors.ts';
import type { SamplerClass } from './sampler-class.ts';
import { isSchedulerClass, schedulerClasses, type SchedulerClass } from './scheduler-classes.ts';
import { readSettings } from '../schedule/scheduler-fields.ts';
import type { SchedulerSettings } from '../schedule/scheduler-fields.ts';

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
  if (!isSchedulerClass(className)) {
    throw new AppError('model-unsupported', `the scheduler class ${className} is not supported`);
  }
  return { className, given: readSettings(options) };
}

/** Every option of the class: what the file states, and the defaults of diffusers for the rest. */
export function settingsOf({ className, given, chosen }: SchedulerConfig): SchedulerSettings {
  const { defaults, lacks }: SamplerClass = schedulerClasses[className];
  return { ...commonDefaults, ...defaults, ...given, ...lacks, ...chosen };
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
  useAlignedSigmas: false,
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
