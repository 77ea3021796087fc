import { samplerChoices, type SamplerChoice, type SamplerId } from './choices.ts';

interface CountedWork {
  readonly sampler: SamplerId | 'model';
  readonly steps: number;
}

/**
 * How often one picture asks the model, as far as that is known before the model is there: `model` counts as once a step.
 * @param strength of image-to-image: the steps that it leaves out are not drawn
 */
export function modelCalls({ sampler, steps }: CountedWork, strength = 1): number {
  const drawn = Math.min(Math.trunc(steps * strength), steps);
  if (sampler === 'model' || drawn <= 0) return Math.max(drawn, 0);
  const { callsPerStep, className }: SamplerChoice = samplerChoices[sampler];
  if (callsPerStep === 2) return 2 * drawn - 1;
  // Its second step is done twice, if there is one.
  return className === 'PNDMScheduler' && steps > 1 ? drawn + 1 : drawn;
}
