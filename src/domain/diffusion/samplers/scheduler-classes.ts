import { ddim } from './ddim.ts';
import { ddpm } from './ddpm.ts';
import { deis } from './deis.ts';
import { dpmMultistep } from './dpm-multistep.ts';
import { eulerAncestral } from './euler-ancestral.ts';
import { euler } from './euler.ts';
import { heun } from './heun.ts';
import { lcm } from './lcm.ts';
import { lms } from './lms.ts';
import { pndm } from './pndm.ts';
import type { SamplerClass } from './sampler-class.ts';
import { uniPc } from './unipc.ts';

/** By their names in scheduler_config.json. */
export const schedulerClasses = {
  DDIMScheduler: ddim,
  DDPMScheduler: ddpm,
  DEISMultistepScheduler: deis,
  DPMSolverMultistepScheduler: dpmMultistep,
  EulerAncestralDiscreteScheduler: eulerAncestral,
  EulerDiscreteScheduler: euler,
  HeunDiscreteScheduler: heun,
  LCMScheduler: lcm,
  LMSDiscreteScheduler: lms,
  PNDMScheduler: pndm,
  UniPCMultistepScheduler: uniPc,
} as const satisfies Readonly<Record<string, SamplerClass>>;

export type SchedulerClass = keyof typeof schedulerClasses;

export const isSchedulerClass = (name: string): name is SchedulerClass =>
  Object.hasOwn(schedulerClasses, name);
