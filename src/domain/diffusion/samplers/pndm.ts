import { alphasCumprod } from '../schedule/betas.ts';
import { predictOriginalAtAlpha } from '../schedule/prediction.ts';
import type { SamplerClass } from './sampler-class.ts';
import type { ScheduledSampler } from './scheduled-sampler.ts';
import type { SchedulerSettings } from '../schedule/scheduler-fields.ts';
import { roundHalfEven, timestepsToZero } from '../schedule/spacing.ts';
import { addNoiseAtTimestep } from '../schedule/timestep-noise.ts';
import { refuseOptions } from '../schedule/unsupported-options.ts';
import { weightedSum } from '../weighted-sum.ts';
import type { Term } from '../weighted-sum.ts';

/**
 * Pseudo linear multistep, the sampler of Stable Diffusion 1 (Liu et al., "Pseudo Numerical Methods for Diffusion Models", 2022). Its
 * first step is done twice, the second time with the mean of both slopes: steps + 1 calls. Source: diffusers' PNDMScheduler.
 */
export const pndm: SamplerClass = {
  create: createPndm,
  defaults: { timestepSpacing: 'leading', setAlphaToOne: false },
  lacks: { rescaleBetasZeroSnr: false },
};

function createPndm(settings: SchedulerSettings, steps: number): ScheduledSampler {
  refuseOptions('PNDMScheduler', settings, { predictionType: 'sample', skipPrkSteps: false });
  const alphas = alphasCumprod(settings, false);
  const timesteps = withSecondTwice(timestepsToZero(settings, steps).map(roundHalfEven));
  const stride = Math.floor(settings.numTrainTimesteps / steps);
  const alphaAfterLast = settings.setAlphaToOne ? 1 : alphas[0]!;
  /** Newest first. */
  let outputs: Float32Array[] = [];
  let firstSample: Float32Array | undefined;
  let calls = 0;

  function move(from: number, to: number, sample: Float32Array, terms: readonly Term[]): Float32Array {
    const alphaTo = to >= 0 ? alphas[to]! : alphaAfterLast;
    return transfer(settings, alphas[from]!, alphaTo, sample, weightedSum(...terms));
  }

  function repeatFirst(modelOutput: Float32Array, timestep: number, first: Float32Array): Float32Array {
    firstSample = undefined;
    return move(timestep + stride, timestep, first, [
      [1 / 2, modelOutput],
      [1 / 2, outputs[0]!],
    ]);
  }

  return {
    timesteps: Float32Array.from(timesteps),
    callsPerStep: 1,
    initNoiseSigma: 1,
    estimateOriginal: (modelOutput, index, sample) =>
      predictOriginalAtAlpha(settings.predictionType, alphas[timesteps[index]!]!, modelOutput, sample),
    scaleModelInput: (sample) => sample,
    addNoise: (original, noise, index) => addNoiseAtTimestep(alphas, timesteps[index]!, original, noise),
    step(modelOutput, index, sample) {
      const timestep = timesteps[index]!;
      if (calls++ === 1 && firstSample !== undefined) return repeatFirst(modelOutput, timestep, firstSample);
      if (calls === 1) firstSample = sample;
      outputs = [modelOutput, ...outputs].slice(0, multistepWeights.length);
      const weights = multistepWeights[outputs.length - 1]!;
      return move(
        timestep,
        timestep - stride,
        sample,
        outputs.map((past, at): Term => [weights[at]!, past]),
      );
    },
  };
}

/** Adams–Bashforth, newest output first, for as many outputs as there are. */
const multistepWeights: readonly (readonly number[])[] = [
  [1],
  [3 / 2, -1 / 2],
  [23 / 12, -16 / 12, 5 / 12],
  [55 / 24, -59 / 24, 37 / 24, -9 / 24],
];

function withSecondTwice(timesteps: readonly number[]): number[] {
  return timesteps.flatMap((timestep, at) => (at === 1 ? [timestep, timestep] : [timestep]));
}

/** Equation 9 of the paper; its denominator is written so that nothing cancels. */
function transfer(
  { predictionType }: SchedulerSettings,
  alphaFrom: number,
  alphaTo: number,
  sample: Float32Array,
  modelOutput: Float32Array,
): Float32Array {
  const beta = 1 - alphaFrom;
  const denominator = alphaFrom * Math.sqrt(1 - alphaTo) + Math.sqrt(alphaFrom * beta * alphaTo);
  const noiseWeight = -(alphaTo - alphaFrom) / denominator;
  const noise: readonly Term[] =
    predictionType === 'v_prediction'
      ? [
          [noiseWeight * Math.sqrt(alphaFrom), modelOutput],
          [noiseWeight * Math.sqrt(beta), sample],
        ]
      : [[noiseWeight, modelOutput]];
  return weightedSum([Math.sqrt(alphaTo / alphaFrom), sample], ...noise);
}
