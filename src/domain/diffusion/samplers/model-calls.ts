import type { Hires } from '../edit/hires.ts';
import { passesOfPlan, planCalls, stepsOf } from '../fast/fast-way.ts';
import { wayOf, type Speed } from '../fast/speeds.ts';
import { needsGuidance } from '../guidance.ts';
import { samplerChoices, type SamplerChoice, type SamplerId } from './choices.ts';

interface CountedSteps {
  readonly sampler: SamplerId | 'model';
  readonly steps: number;
}

interface CountedWork extends CountedSteps {
  readonly guidanceScale: number;
  readonly speed?: Speed;
  /** A second pass asks it for as many steps as it says, or as many as the first; both are made as the reference makes them. */
  readonly hires?: Pick<Hires, 'steps' | 'strength'> | undefined;
}

/**
 * How often one picture asks the model, as far as that is known before the model is there: `model` counts as once a step. Of a fast picture:
 * its passes, for not every call has as many.
 * @param strength of image-to-image: the steps that it leaves out are not drawn
 */
export function modelCalls(work: CountedWork, strength = 1): number {
  const { hires } = work;
  if (hires) {
    const more = hires.strength === 0 ? 0 : exactCalls({ ...work, steps: hires.steps || work.steps }, 1);
    return exactCalls(work, 1) + more;
  }
  const way = wayOf(work.speed);
  if (!way) return exactCalls(work, strength);
  const calls = exactCalls({ ...work, steps: stepsOf(way, work.steps) }, strength);
  return passesOfPlan(planCalls(way, calls), needsGuidance(work.guidanceScale));
}

function exactCalls({ sampler, steps }: CountedSteps, strength: number): number {
  const drawn = Math.min(Math.trunc(steps * strength), steps);
  if (sampler === 'model' || drawn <= 0) return Math.max(drawn, 0);
  const { callsPerStep, className }: SamplerChoice = samplerChoices[sampler];
  if (callsPerStep === 2) return 2 * drawn - 1;
  // Its second step is done twice, if there is one.
  return className === 'PNDMScheduler' && steps > 1 ? drawn + 1 : drawn;
}
