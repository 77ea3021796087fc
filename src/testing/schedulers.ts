/** The schedulers by which the reference values name them: `S` in the program that made them, tools/cases.py. */
import { schedulerConfig, type SchedulerConfig } from '../domain/diffusion/samplers/scheduler-config.ts';

const base = {
  beta_start: 0.00085,
  beta_end: 0.012,
  beta_schedule: 'scaled_linear',
  num_train_timesteps: 1000,
  prediction_type: 'epsilon',
};

const table: Readonly<
  Record<string, readonly [className: string, options: Readonly<Record<string, unknown>>]>
> = {
  pndm: ['PNDMScheduler', { skip_prk_steps: true, set_alpha_to_one: false, steps_offset: 1 }],
  ddim: ['DDIMScheduler', { clip_sample: false, set_alpha_to_one: false, steps_offset: 1 }],
  euler: ['EulerDiscreteScheduler', { steps_offset: 1 }],
  'euler-trailing': ['EulerDiscreteScheduler', { timestep_spacing: 'trailing' }],
  'euler-karras': ['EulerDiscreteScheduler', { steps_offset: 1, use_karras_sigmas: true }],
  'euler-ancestral': ['EulerAncestralDiscreteScheduler', { steps_offset: 1 }],
  'dpmpp-2m': ['DPMSolverMultistepScheduler', { steps_offset: 1 }],
  'dpmpp-2m-karras': ['DPMSolverMultistepScheduler', { steps_offset: 1, use_karras_sigmas: true }],
  'dpmpp-2m-sde-karras': [
    'DPMSolverMultistepScheduler',
    { steps_offset: 1, use_karras_sigmas: true, algorithm_type: 'sde-dpmsolver++' },
  ],
  'tiny-sd': [
    'DPMSolverMultistepScheduler',
    { steps_offset: 1, solver_order: 2, solver_type: 'midpoint', algorithm_type: 'dpmsolver++' },
  ],
  heun: ['HeunDiscreteScheduler', { steps_offset: 1 }],
  unipc: ['UniPCMultistepScheduler', { steps_offset: 1 }],
  lcm: ['LCMScheduler', { steps_offset: 1, set_alpha_to_one: false, original_inference_steps: 50 }],
  lms: ['LMSDiscreteScheduler', { steps_offset: 1 }],
};

/** What the file leaves out is the class's own default, as in the reference. */
export function goldenScheduler(name: string): SchedulerConfig {
  const entry = table[name];
  if (!entry) throw new Error(`the reference values have no scheduler ${name}`);
  return schedulerConfig(entry[0], { ...base, ...entry[1] });
}
