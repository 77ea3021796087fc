import { AppError } from '../../domain/errors.ts';
import type { ImageSettings } from '../../domain/recipe/settings.ts';
import type { GenerateParams } from '../../engine/protocol.ts';

export interface Needs {
  readonly sizeMultiple: number;
  readonly canEncode: boolean;
}

/** Throws `bad-input`, with the `field` of the input that is at fault. */
export function validate({ settings, count, source, morph }: GenerateParams, needs: Needs): void {
  checkSettings(settings, needs.sizeMultiple);
  demand(isWithin(count, 1, 1000, true), 'count', `${count} pictures: from 1 to 1000 can be made in one go.`);
  demand(Number.isSafeInteger(settings.seed + (count - 1)), 'seed', 'The last seed would be above 2^53 − 1.');
  if (source) {
    const { image, strength } = source;
    demand(needs.canEncode, 'source', 'This model has no VAE encoder, so it cannot start from a picture.');
    demand(isWithin(strength, 0, 1), 'strength', `Strength ${strength} is not between 0 and 1.`);
    const fits = image.width === settings.width && image.height === settings.height;
    demand(
      fits,
      'source',
      `The source is ${image.width} × ${image.height}, not the size that was asked for.`,
    );
  }
  if (morph) {
    demand(isWithin(morph.amount, 0, 1), 'morph', `A morph of ${morph.amount} is not between 0 and 1.`);
    demand(isSeed(morph.seed), 'morph', `${morph.seed} is no seed.`);
  }
}

function checkSettings({ steps, guidanceScale, seed, width, height }: ImageSettings, multiple: number): void {
  demand(isWithin(steps, 1, 150, true), 'steps', `${steps} steps: a whole number from 1 to 150 is needed.`);
  const guided = Number.isFinite(guidanceScale) && guidanceScale >= 0;
  demand(guided, 'guidanceScale', `A guidance of ${guidanceScale} is not a number from 0 on.`);
  demand(isSeed(seed), 'seed', `${seed} is not a whole number from 0 to 2^53 − 1.`);
  for (const [field, side] of [
    ['width', width],
    ['height', height],
  ] as const) {
    const fits = Number.isInteger(side) && side > 0 && side % multiple === 0;
    demand(fits, field, `${side} pixels: this model needs a multiple of ${multiple}.`);
  }
}

const isSeed = (seed: number) => Number.isSafeInteger(seed) && seed >= 0;

const isWithin = (value: number, least: number, most: number, whole = false) =>
  value >= least && value <= most && (!whole || Number.isInteger(value));

function demand(condition: boolean, field: string, message: string): void {
  if (!condition) throw new AppError('bad-input', message, { field });
}
