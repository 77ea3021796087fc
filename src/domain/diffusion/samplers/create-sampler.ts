import { AppError } from '../../errors.ts';
import type { NoiseSeed } from '../generator.ts';
import { hasSchedules, samplerChoices, type SamplerChoice, type SamplerId } from './choices.ts';
import { scheduleChoices, type ScheduleId } from './schedule-ids.ts';
import type { ScheduledSampler } from './scheduled-sampler.ts';
import { settingsOf } from './scheduler-config.ts';
import { schedulerClasses } from './scheduler-classes.ts';
import type { SchedulerConfig } from './scheduler-config.ts';
import type { SchedulerSettings } from '../schedule/scheduler-fields.ts';

/**
 * A sampler for one picture.
 * @param steps 1 … `numTrainTimesteps`
 * @param seed the picture's, for the samplers that draw noise apart from the run's generator
 * @throws AppError `bad-input` (field `steps`), `model-unsupported` for options that the sampler does not have
 */
export function createSampler(
  config: SchedulerConfig,
  steps: number,
  seed: NoiseSeed = { seed: 0 },
): ScheduledSampler {
  const settings = settingsOf(config);
  if (!Number.isInteger(steps) || steps < 1 || steps > settings.numTrainTimesteps) {
    const range = `1 to ${settings.numTrainTimesteps}`;
    throw new AppError('bad-input', `${steps} steps: a whole number from ${range} is needed`, {
      field: 'steps',
    });
  }
  return schedulerClasses[config.className].create(settings, steps, seed);
}

/**
 * The chosen sampler over the model's own noise schedule: diffusers' `Class.from_config(model.config, **options of the sampler)`.
 * What the model's file states (betas, prediction type, spacing, offset) stays; what it leaves out follows the new class.
 */
export function configFor(
  sampler: SamplerId | 'model',
  model: SchedulerConfig,
  schedule?: ScheduleId,
): SchedulerConfig {
  if (sampler === 'model') return model;
  const chosen = schedule && hasSchedules(sampler) && { chosen: scheduleChoices[schedule].options };
  const { className, named, unlessGiven }: SamplerChoice = samplerChoices[sampler];
  return {
    className,
    given: { ...unlessGiven, ...trainingFacts(model), ...model.given, ...named },
    ...chosen,
  };
}

/** How the model was trained does not change with the sampler, even where its file leaves that to its class's defaults. */
function trainingFacts(model: SchedulerConfig): Partial<SchedulerSettings> {
  const { numTrainTimesteps, betaStart, betaEnd, betaSchedule, trainedBetas, predictionType } =
    settingsOf(model);
  return { numTrainTimesteps, betaStart, betaEnd, betaSchedule, trainedBetas, predictionType };
}
