import { hiresPass } from '../../domain/diffusion/edit/hires-pass.ts';
import type { Hires } from '../../domain/diffusion/edit/hires.ts';
import type { RgbaImage } from '../../domain/diffusion/image/image.ts';
import { AppError } from '../../domain/errors.ts';
import { isWithin, limits, type Range } from '../../domain/limits.ts';
import { settingsOfPicture, type ImageSettings } from '../../domain/diffusion/image-settings.ts';
import type { EnlargeBy, GenerateParams, SourcePicture } from '../../engine/protocol.ts';

export interface Needs {
  readonly sizeMultiple: number;
  readonly canEncode: boolean;
}

/** Throws `bad-input`, with the `field` of the input that is at fault. */
export function validate({ settings, count, source, morph }: GenerateParams, needs: Needs): void {
  checkSettings(settings, needs.sizeMultiple);
  demandWithin(count, limits.count, 'count', 'A number of pictures', Number.isInteger(count));
  const last = settingsOfPicture(settings, count - 1);
  demand(isSeed(last.seed), 'seed', 'The last seed would be above 2^53 − 1.');
  checkVariation(last.variation);
  if (settings.hires) checkHires(settings, settings.hires, needs, source !== undefined);
  const { clipSkip = 1 } = settings;
  demandWithin(clipSkip, limits.clipSkip, 'clipSkip', 'A clip skip', Number.isInteger(clipSkip));
  if (source) {
    const { image, strength } = source;
    demand(needs.canEncode, 'source', 'This model has no VAE encoder, so it cannot start from a picture.');
    demandWithin(strength, limits.strength, 'strength', 'A strength');
    if (source.inpaint) return checkInpainting(image, source.inpaint);
    const fits = image.width === settings.width && image.height === settings.height;
    demand(
      fits,
      'source',
      `The source is ${image.width} × ${image.height}, not the size that was asked for.`,
    );
  }
  if (morph) {
    demandWithin(morph.amount, limits.strength, 'morph', 'A morph');
    demand(isSeed(morph.seed), 'morph', `${morph.seed} is no seed.`);
  }
}

/** Throws `bad-input`, with the field of the input that is at fault. Width and height are those of a tile. */
export function validateDetail(
  { settings, strength, overlapPx }: Extract<EnlargeBy, { how: 'detail' }>,
  needs: Needs,
): void {
  checkSettings(settings, needs.sizeMultiple);
  checkVariation(settings.variation);
  demand(needs.canEncode, 'source', 'This model has no VAE encoder, so it cannot start from a picture.');
  demandWithin(strength, limits.strength, 'strength', 'A strength');
  demandWithin(overlapPx, limits.edit.overlapPx, 'overlapPx', 'An overlap', Number.isInteger(overlapPx));
}

function checkSettings({ steps, guidanceScale, seed, width, height }: ImageSettings, multiple: number): void {
  demandWithin(steps, limits.steps, 'steps', 'A number of steps', Number.isInteger(steps));
  demandWithin(guidanceScale, limits.guidanceScale, 'guidanceScale', 'A guidance');
  demand(isSeed(seed), 'seed', `${seed} is not a whole number from 0 to 2^53 − 1.`);
  for (const [field, side] of [
    ['width', width],
    ['height', height],
  ] as const) {
    // A model made for tests may draw less than what a person is offered.
    const range = { min: multiple, max: limits.pictureSide.max };
    demandWithin(side, range, field, 'A side', Number.isInteger(side));
    const fits = side % multiple === 0;
    demand(fits, field, `${side} pixels: this model needs a multiple of ${multiple}.`);
  }
}

function checkHires(settings: ImageSettings, hires: Hires, needs: Needs, hasSource: boolean): void {
  const { scale, steps, strength, upscaler } = hires;
  demand(
    !hasSource,
    'hires',
    'A picture that begins from another has no second pass: enlarge it afterwards.',
  );
  demandWithin(scale, limits.hires.scale, 'hires', 'A scale');
  demandWithin(steps, limits.hires.steps, 'hires', 'A number of steps', Number.isInteger(steps));
  demandWithin(strength, limits.strength, 'hires', 'A strength');
  const canEncode = needs.canEncode || upscaler.kind === 'latent';
  demand(canEncode, 'hires', 'This model has no VAE encoder: only the latent upscaler can be used.');
  const { width, height } = hiresPass(settings, hires, needs.sizeMultiple);
  const fits = Math.max(width, height) <= limits.pictureSide.max;
  demand(fits, 'hires', `${width} × ${height} pixels: no side can be longer than ${limits.pictureSide.max}.`);
}

function checkInpainting(
  { width, height }: RgbaImage,
  { mask, paddingPx, featherPx }: NonNullable<SourcePicture['inpaint']>,
): void {
  const fits = mask.width === width && mask.height === height && mask.data.length === width * height;
  demand(fits, 'mask', `The mask is ${mask.width} × ${mask.height}; the picture is ${width} × ${height}.`);
  demand(
    mask.data.some((value) => value > 0),
    'mask',
    'The mask is empty: nothing would be drawn.',
  );
  demandWithin(paddingPx, limits.edit.paddingPx, 'paddingPx', 'A padding', Number.isInteger(paddingPx));
  demandWithin(featherPx, limits.edit.featherPx, 'featherPx', 'A feather', Number.isInteger(featherPx));
}

function checkVariation(variation: ImageSettings['variation']): void {
  if (!variation) return;
  demand(isSeed(variation.seed), 'variationSeed', `${variation.seed} is no seed for a variation.`);
  demandWithin(variation.strength, limits.strength, 'variationStrength', 'A strength');
}

const isSeed = (seed: number) => Number.isInteger(seed) && isWithin(seed, limits.seed);

function demandWithin(value: number, range: Range, field: string, what: string, whole = true): void {
  demand(
    whole && isWithin(value, range),
    field,
    `${what} of ${value}: from ${range.min} to ${range.max} can be.`,
  );
}

function demand(condition: boolean, field: string, message: string): void {
  if (!condition) throw new AppError('bad-input', message, { field });
}
