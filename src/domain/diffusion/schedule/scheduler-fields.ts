import { AppError } from '../../errors.ts';

export type PredictionType = 'epsilon' | 'v_prediction' | 'sample';
export type TimestepSpacing = 'leading' | 'linspace' | 'trailing';

/** The options of diffusers' schedulers that a sampler here reads; each class reads some of them. */
export interface SchedulerSettings {
  readonly numTrainTimesteps: number;
  readonly betaStart: number;
  readonly betaEnd: number;
  readonly betaSchedule: 'linear' | 'scaled_linear' | 'squaredcos_cap_v2';
  readonly trainedBetas: readonly number[] | null;
  readonly predictionType: PredictionType;
  readonly timestepSpacing: TimestepSpacing;
  readonly stepsOffset: number;
  readonly rescaleBetasZeroSnr: boolean;
  readonly setAlphaToOne: boolean;
  readonly clipSample: boolean;
  readonly clipSampleRange: number;
  readonly thresholding: boolean;
  readonly dynamicThresholdingRatio: number;
  readonly sampleMaxValue: number;
  readonly skipPrkSteps: boolean;
  readonly varianceType: 'fixed_small' | 'fixed_small_log' | 'fixed_large' | 'learned' | 'learned_range';
  readonly useKarrasSigmas: boolean;
  readonly useExponentialSigmas: boolean;
  readonly useBetaSigmas: boolean;
  /** Align Your Steps: in diffusers a list of timesteps, no option. */
  readonly useAlignedSigmas: boolean;
  readonly useLuLambdas: boolean;
  readonly sigmaMin: number | null;
  readonly sigmaMax: number | null;
  readonly interpolationType: 'linear' | 'log_linear';
  readonly timestepType: 'discrete' | 'continuous';
  readonly finalSigmasType: 'zero' | 'sigma_min';
  readonly solverOrder: number;
  readonly algorithmType: 'deis' | 'dpmsolver' | 'dpmsolver++' | 'sde-dpmsolver' | 'sde-dpmsolver++';
  readonly solverType: 'midpoint' | 'heun' | 'logrho' | 'bh1' | 'bh2';
  readonly predictX0: boolean;
  readonly lowerOrderFinal: boolean;
  readonly eulerAtFinal: boolean;
  readonly disableCorrector: readonly number[];
  readonly lambdaMinClipped: number;
  readonly originalInferenceSteps: number;
  readonly timestepScaling: number;
}

/** Reads options under diffusers' names (`beta_start`); null stands for an option that is not given. */
export function readSettings(options: Readonly<Record<string, unknown>>): Partial<SchedulerSettings> {
  if (options['use_flow_sigmas'] === true) refuse('use_flow_sigmas', true);
  const entries = Object.entries(readers).map(([field, read]) => {
    const name = optionName(field);
    const value = options[name];
    return [field, value === undefined || value === null ? undefined : read(value, name)] as const;
  });
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

type Reader<T> = (value: unknown, name: string) => T;

const readers: { readonly [Field in keyof SchedulerSettings]: Reader<SchedulerSettings[Field]> } = {
  numTrainTimesteps: number,
  betaStart: number,
  betaEnd: number,
  betaSchedule: oneOf('linear', 'scaled_linear', 'squaredcos_cap_v2'),
  trainedBetas: numbers,
  predictionType: oneOf('epsilon', 'v_prediction', 'sample'),
  timestepSpacing: oneOf('leading', 'linspace', 'trailing'),
  stepsOffset: number,
  rescaleBetasZeroSnr: boolean,
  setAlphaToOne: boolean,
  clipSample: boolean,
  clipSampleRange: number,
  thresholding: boolean,
  dynamicThresholdingRatio: number,
  sampleMaxValue: number,
  skipPrkSteps: boolean,
  varianceType: oneOf('fixed_small', 'fixed_small_log', 'fixed_large', 'learned', 'learned_range'),
  useKarrasSigmas: boolean,
  useExponentialSigmas: boolean,
  useBetaSigmas: boolean,
  useAlignedSigmas: boolean,
  useLuLambdas: boolean,
  sigmaMin: number,
  sigmaMax: number,
  interpolationType: oneOf('linear', 'log_linear'),
  timestepType: oneOf('discrete', 'continuous'),
  finalSigmasType: oneOf('zero', 'sigma_min'),
  solverOrder: number,
  algorithmType: oneOf('deis', 'dpmsolver', 'dpmsolver++', 'sde-dpmsolver', 'sde-dpmsolver++'),
  solverType: oneOf('midpoint', 'heun', 'logrho', 'bh1', 'bh2'),
  predictX0: boolean,
  lowerOrderFinal: boolean,
  eulerAtFinal: boolean,
  disableCorrector: numbers,
  lambdaMinClipped: number,
  originalInferenceSteps: number,
  timestepScaling: number,
};

/** `betaStart` → `beta_start`, `predictX0` → `predict_x0`. */
function optionName(field: string): string {
  return field.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function number(value: unknown, name: string): number {
  return typeof value === 'number' ? value : refuse(name, value);
}

function boolean(value: unknown, name: string): boolean {
  return typeof value === 'boolean' ? value : refuse(name, value);
}

function numbers(value: unknown, name: string): readonly number[] {
  if (!Array.isArray(value)) return refuse(name, value);
  return value.map((item) => number(item, name));
}

function oneOf<const T extends string>(...allowed: readonly T[]): Reader<T> {
  return (value, name) => allowed.find((item) => item === value) ?? refuse(name, value);
}

function refuse(name: string, value: unknown): never {
  throw new AppError(
    'model-unsupported',
    `the scheduler option ${name} = ${JSON.stringify(value)} is not supported`,
  );
}
