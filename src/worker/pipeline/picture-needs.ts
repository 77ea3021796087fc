/** Which sessions a picture needs, in the order in which it needs them. */
import { wayOf } from '../../domain/diffusion/fast/speeds.ts';
import { needsGuidance } from '../../domain/diffusion/guidance.ts';
import { promptParts, textsOf } from '../../domain/diffusion/prompt/prompt-parts.ts';
import type { SessionNeed } from '../../domain/model/graph-shape.ts';
import type { ImageSettings } from '../../domain/diffusion/image-settings.ts';
import type { ExpectedPicture } from '../../engine/protocol.ts';
import { decoderNeed, textNeed, unetNeed } from '../graphs/needs.ts';
import type { LatentDims } from '../graphs/vae.ts';
import type { Model } from '../model/model.ts';

/** Passes of one step: with guidance two, unless the UNet has it built in. */
export const passesOf = ({ config }: Pick<Model, 'config'>, guidanceScale: number): 1 | 2 =>
  needsGuidance(guidanceScale) && config.timeCondDim === null ? 2 : 1;

type Asked = Pick<ImageSettings, 'prompt' | 'negativePrompt' | 'guidanceScale' | 'steps' | 'speed'>;

export function pictureNeeds(model: Model, dims: LatentDims, asked: Asked): readonly SessionNeed[] {
  const negative =
    passesOf(model, asked.guidanceScale) === 2 ? textsOf(asked.negativePrompt, asked.steps) : [];
  const passes = promptParts(asked.prompt, asked.steps).length + (negative.length > 0 ? 1 : 0);
  const batch = wayOf(asked.speed) ? 1 : passes;
  const { tokens, chunk } = model.promptLength([...textsOf(asked.prompt, asked.steps), ...negative]);
  return [textNeed(chunk), unetNeed(dims, batch, tokens), decoderNeed(dims)];
}

/** Of a picture that nobody has asked for yet; one that the model cannot draw is as large as it was trained for. */
export function expectedDims({ config }: Pick<Model, 'config'>, expected: ExpectedPicture): LatentDims {
  const { latentChannels, sampleHeight, sampleWidth, sizeMultiple, vaeScaleFactor } = config;
  const fits = [expected.width, expected.height].every((side) => side > 0 && side % sizeMultiple === 0);
  return fits
    ? [latentChannels, expected.height / vaeScaleFactor, expected.width / vaeScaleFactor]
    : [latentChannels, sampleHeight, sampleWidth];
}

/** With a prompt of usual length. */
export function expectedNeeds(model: Model, expected: ExpectedPicture): readonly SessionNeed[] {
  const { guidanceScale, speed } = expected;
  const asked = { prompt: '', negativePrompt: '', guidanceScale, steps: 1, ...(speed && { speed }) };
  return pictureNeeds(model, expectedDims(model, expected), asked);
}
