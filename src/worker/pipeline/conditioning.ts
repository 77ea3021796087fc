import { lerp } from '../../domain/diffusion/latents.ts';
import { passesOf } from './picture-needs.ts';
import type { Embedding } from '../graphs/embedding.ts';
import type { Conditioning } from './guided-noise.ts';
import type { Job } from '../runtime/job.ts';
import type { Model } from '../model/model.ts';
import type { PictureRequest } from './picture.ts';

/**
 * The prompts as the UNet is told them. Guidance of 1 or less, or a UNet that has guidance built in, needs no negative prompt: the
 * reference's `do_classifier_free_guidance`. A morph is between the embeddings of its two ends.
 */
export async function condition(model: Model, request: PictureRequest, job: Job): Promise<Conditioning> {
  const { settings, morph } = request;
  const guided = passesOf(model, settings.guidanceScale) === 2;
  const ends = morph ? [settings, morph] : [settings];
  const texts = ends.flatMap(({ prompt, negativePrompt }) => (guided ? [prompt, negativePrompt] : [prompt]));
  const embeddings = await model.encodePrompts(texts, job);
  const perEnd = guided ? 2 : 1;
  const at = (i: number) =>
    morph ? mix(embeddings[i]!, embeddings[perEnd + i]!, morph.amount) : embeddings[i]!;
  return { prompt: at(0), negative: guided ? at(1) : null };
}

const mix = (from: Embedding, to: Embedding, amount: number): Embedding => ({
  ...from,
  data: lerp(from.data, to.data, amount),
});
