import { ddim } from './ddim.ts';
import { ddpm } from './ddpm.ts';
import { deis } from './deis.ts';
import { dpm2, dpm2Ancestral } from './dpm2.ts';
import { dpmMultistep } from './dpm-multistep.ts';
import { dpmpp2sAncestral } from './dpmpp-2s-ancestral.ts';
import { dpmppSde } from './dpmpp-sde.ts';
import { eulerAncestral } from './euler-ancestral.ts';
import { euler } from './euler.ts';
import { heun } from './heun.ts';
import { lcm } from './lcm.ts';
import { lms } from './lms.ts';
import { pndm } from './pndm.ts';
import type { SamplerClass } from './sampler-class.ts';
import { uniPc } from './unipc.ts';

/** By their names in scheduler_config.json; the one that diffusers does not have, by k-diffusion's. */
export const schedulerClasses = {
  DDIMScheduler: ddim,
  DDPMScheduler: ddpm,
  DEISMultistepScheduler: deis,
  DPMSolverMultistepScheduler: dpmMultistep,
  DPMSolverSDEScheduler: dpmppSde,
  EulerAncestralDiscreteScheduler: eulerAncestral,
  EulerDiscreteScheduler: euler,
  HeunDiscreteScheduler: heun,
  KDPM2AncestralDiscreteScheduler: dpm2Ancestral,
  KDPM2DiscreteScheduler: dpm2,
  LCMScheduler: lcm,
  LMSDiscreteScheduler: lms,
  PNDMScheduler: pndm,
  UniPCMultistepScheduler: uniPc,
  sample_dpmpp_2s_ancestral: dpmpp2sAncestral,
} as const satisfies Readonly<Record<string, SamplerClass>>;

export type SchedulerClass = keyof typeof schedulerClasses;

export const isSchedulerClass = (name: string): name is SchedulerClass =>
  Object.hasOwn(schedulerClasses, name);
