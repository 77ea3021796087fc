import { configFor } from '../domain/diffusion/samplers/create-sampler.ts';
import { schedulerConfig } from '../domain/diffusion/samplers/scheduler-config.ts';
import type { SchedulerConfig } from '../domain/diffusion/samplers/scheduler-config.ts';
import { samplerIds } from '../domain/diffusion/samplers/choices.ts';

const betas = { beta_start: 0.00085, beta_end: 0.012, beta_schedule: 'scaled_linear' };

/** The sampler that the golden files call by this name (`S` in tools/cases.py), chosen as a person would choose it. */
export function goldenSampler(name: string, predictionType = 'epsilon'): SchedulerConfig {
  const trained = { ...betas, prediction_type: predictionType };
  if (name === 'euler-trailing') {
    return configFor('euler', schedulerConfig('PNDMScheduler', { ...trained, timestep_spacing: 'trailing' }));
  }
  const id = samplerIds.find((known) => known === name);
  if (id === undefined) throw new Error(`the golden files' sampler ${name} is not known`);
  return configFor(id, schedulerConfig('PNDMScheduler', { ...trained, steps_offset: 1 }));
}
