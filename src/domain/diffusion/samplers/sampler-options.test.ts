import { describe, expect, it } from 'vitest';
import { standIn } from '../../../testing/stand-in-denoiser.ts';
import { createSampler } from './create-sampler.ts';
import { createGenerator } from '../noise.ts';
import { startIndex } from './scheduled-sampler.ts';
import { schedulerConfig } from './scheduler-config.ts';

/**
 * Classes, options and late starts that the golden files do not have: the first three values after the last step, from diffusers
 * 0.40.0.dev0 (commit 58eb52c) on PyTorch 2.13. Betas as in Stable Diffusion; noise, source image and later noise from one generator
 * with seed 4, in the reference's order. The source of image-to-image is half of standard normal noise.
 */
const references: readonly (readonly [
  name: string,
  className: string,
  options: Readonly<Record<string, unknown>>,
  steps: number,
  strength: number,
  expected: readonly number[],
])[] = [
  ['DDPM', 'DDPMScheduler', { clip_sample: false }, 7, 1, [-0.0743623, -0.187689, -0.861923]],
  [
    'DDPM, large variance, clipped, trailing',
    'DDPMScheduler',
    { variance_type: 'fixed_large', timestep_spacing: 'trailing' },
    7,
    1,
    [0.318264, -1.37608, -0.440211],
  ],
  ['DEIS', 'DEISMultistepScheduler', {}, 16, 1, [-5.2184, 8.04262, -1.03405]],
  [
    'DEIS of order 3, Karras',
    'DEISMultistepScheduler',
    { solver_order: 3, use_karras_sigmas: true },
    7,
    1,
    [-5.41721, 8.35494, -1.09725],
  ],
  [
    'DPM++ 3M',
    'DPMSolverMultistepScheduler',
    { solver_order: 3, timestep_spacing: 'leading', steps_offset: 1 },
    16,
    1,
    [-3.90515, 5.88433, -0.837814],
  ],
  [
    'DPM++ 3M below 15 steps',
    'DPMSolverMultistepScheduler',
    { solver_order: 3 },
    14,
    1,
    [-5.23056, 8.09531, -1.02765],
  ],
  [
    'DPM++ 2M with the Heun formula, to the smallest sigma',
    'DPMSolverMultistepScheduler',
    { solver_type: 'heun', final_sigmas_type: 'sigma_min' },
    15,
    1,
    [-5.22424, 8.0617, -1.03478],
  ],
  [
    'DPM++ 2M ending with Euler',
    'DPMSolverMultistepScheduler',
    { euler_at_final: true, final_sigmas_type: 'sigma_min' },
    16,
    1,
    [-5.19455, 8.03076, -1.01317],
  ],
  [
    'DPM++ 2M SDE, Heun formula',
    'DPMSolverMultistepScheduler',
    { algorithm_type: 'sde-dpmsolver++', solver_type: 'heun' },
    7,
    1,
    [1.19111, -2.95178, -0.963625],
  ],
  [
    'DPM++ 3M SDE',
    'DPMSolverMultistepScheduler',
    { algorithm_type: 'sde-dpmsolver++', solver_order: 3 },
    16,
    1,
    [0.500364, -5.73862, -2.65359],
  ],
  [
    'DPM++ 2M, Lu lambdas',
    'DPMSolverMultistepScheduler',
    { use_lu_lambdas: true },
    7,
    1,
    [-5.2718, 8.01326, -0.879318],
  ],
  [
    'DPM++ 2M, exponential',
    'DPMSolverMultistepScheduler',
    { use_exponential_sigmas: true },
    7,
    1,
    [-5.27368, 8.01711, -0.879347],
  ],
  [
    'DPM++ 2M, cosine betas clipped',
    'DPMSolverMultistepScheduler',
    { beta_schedule: 'squaredcos_cap_v2', lambda_min_clipped: -5.1 },
    7,
    1,
    [-64.0152, 92.1993, -28.3107],
  ],
  [
    'DPM++ 2M, zero-SNR v-prediction, trailing',
    'DPMSolverMultistepScheduler',
    { rescale_betas_zero_snr: true, prediction_type: 'v_prediction', timestep_spacing: 'trailing' },
    7,
    1,
    [-0.494348, 0.658543, -0.195309],
  ],
  [
    'DPM++ 2M, thresholding',
    'DPMSolverMultistepScheduler',
    { thresholding: true, sample_max_value: 1.5 },
    7,
    1,
    [-0.805623, 0.933554, -0.317131],
  ],
  ['UniPC of order 3', 'UniPCMultistepScheduler', { solver_order: 3 }, 7, 1, [-5.33962, 8.18437, -1.03467]],
  [
    'UniPC bh1, Karras to its own smallest sigma',
    'UniPCMultistepScheduler',
    { solver_type: 'bh1', use_karras_sigmas: true, final_sigmas_type: 'sigma_min' },
    7,
    1,
    [-5.00265, 8.11748, -0.627587],
  ],
  [
    'UniPC without its first corrections',
    'UniPCMultistepScheduler',
    { disable_corrector: [0, 1] },
    7,
    1,
    [-5.33702, 8.13877, -1.06398],
  ],
  [
    'Euler, exponential',
    'EulerDiscreteScheduler',
    { use_exponential_sigmas: true },
    7,
    1,
    [-5.45199, 8.12989, -1.39555],
  ],
  [
    'Euler, log-linear',
    'EulerDiscreteScheduler',
    { interpolation_type: 'log_linear' },
    7,
    1,
    [-5.31763, 7.9758, -1.25471],
  ],
  [
    'Euler, own range of sigma',
    'EulerDiscreteScheduler',
    { use_karras_sigmas: true, sigma_min: 0.01, sigma_max: 10.0, timestep_spacing: 'leading' },
    7,
    1,
    [-4.0718, 6.04238, -1.02554],
  ],
  [
    'Heun, Karras, clipped',
    'HeunDiscreteScheduler',
    { use_karras_sigmas: true, clip_sample: true },
    7,
    1,
    [-1.0, 1.0, -0.764678],
  ],
  ['LMS, Karras', 'LMSDiscreteScheduler', { use_karras_sigmas: true }, 7, 1, [-5.32953, 8.17754, -1.12546]],
  [
    'DDIM predicting the sample, linspace',
    'DDIMScheduler',
    { prediction_type: 'sample', timestep_spacing: 'linspace' },
    7,
    1,
    [-0.0395594, 0.130021, 0.0855502],
  ],
  [
    'DDIM, zero-SNR v-prediction, trailing',
    'DDIMScheduler',
    {
      clip_sample: false,
      rescale_betas_zero_snr: true,
      prediction_type: 'v_prediction',
      timestep_spacing: 'trailing',
    },
    7,
    1,
    [-0.440408, 0.566293, -0.184036],
  ],
  [
    'DDIM, linear betas',
    'DDIMScheduler',
    { clip_sample: false, beta_schedule: 'linear', set_alpha_to_one: false },
    7,
    1,
    [-4.76664, 7.03538, -1.09238],
  ],
  [
    'LCM, other distillation',
    'LCMScheduler',
    { original_inference_steps: 40, timestep_scaling: 5.0, clip_sample: true },
    7,
    1,
    [-0.535931, -1.0, -0.622435],
  ],
  [
    'image to image: PNDM',
    'PNDMScheduler',
    { skip_prk_steps: true, steps_offset: 1 },
    20,
    0.4,
    [-0.381202, 0.256186, 0.0343069],
  ],
  ['image to image: Heun', 'HeunDiscreteScheduler', {}, 8, 0.75, [-0.399283, -0.219883, 0.0661527]],
  ['image to image: LMS', 'LMSDiscreteScheduler', {}, 20, 0.4, [-0.402782, 0.276214, 0.00633924]],
  [
    'image to image: DPM++ 2M Karras',
    'DPMSolverMultistepScheduler',
    { use_karras_sigmas: true },
    20,
    0.75,
    [-0.42083, -0.331259, 0.058469],
  ],
  ['image to image: UniPC', 'UniPCMultistepScheduler', {}, 20, 0.4, [-0.399882, 0.253868, 0.0217309]],
  [
    'image to image: Euler ancestral',
    'EulerAncestralDiscreteScheduler',
    {},
    20,
    0.4,
    [0.159677, -1.06643, -0.0439948],
  ],
  ['image to image: LCM', 'LCMScheduler', {}, 8, 0.5, [1.27279, -1.05838, -0.377152]],
];

const stableDiffusion = {
  beta_start: 0.00085,
  beta_end: 0.012,
  beta_schedule: 'scaled_linear',
  num_train_timesteps: 1000,
};

describe('samplers beyond the golden files', () => {
  for (const [name, className, options, steps, strength, expected] of references) {
    it(name, () => {
      const sampler = createSampler(schedulerConfig(className, { ...stableDiffusion, ...options }), steps);
      const { randn } = createGenerator(4);
      const first = randn(64);
      const start = startIndex(sampler, steps, strength);
      let sample =
        strength === 1
          ? first.map((value) => value * sampler.initNoiseSigma)
          : sampler.addNoise(
              first.map((value) => value / 2),
              randn(64),
              start,
            );
      for (let index = start; index < sampler.timesteps.length; index++) {
        const output = standIn(sampler.scaleModelInput(sample, index), sampler.timesteps[index]!);
        sample = sampler.step(output, index, sample, randn);
      }
      expected.forEach((value, at) => expect(Math.abs(sample[at]! - value)).toBeLessThan(1e-4));
    });
  }
});
