import { AppError } from '../../errors.ts';
import type { SchedulerSettings } from './scheduler-fields.ts';

/**
 * Refuses options whose effect a sampler does not have, instead of drawing something else than the model's makers meant.
 * @throws AppError `model-unsupported` naming the option
 */
export function refuseOptions(
  className: string,
  settings: SchedulerSettings,
  refused: Partial<SchedulerSettings>,
): void {
  for (const [field, value] of Object.entries(refused)) {
    if (settings[field as keyof SchedulerSettings] !== value) continue;
    throw new AppError('model-unsupported', `${className} with ${field} = ${String(value)} is not supported`);
  }
}
