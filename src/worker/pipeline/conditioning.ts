import { lerp } from '../../domain/diffusion/latents.ts';
import { negativeSchedule, promptParts } from '../../domain/diffusion/prompt/prompt-parts.ts';
import { promptAtStep, type PromptUntil } from '../../domain/diffusion/prompt/prompt-schedule.ts';
import { passesOf } from './picture-needs.ts';
import type { Embedding } from '../graphs/embedding.ts';
import type { Conditioning } from './guided-noise.ts';
import type { Job } from '../runtime/job.ts';
import type { Model } from '../model/model.ts';
import type { PictureRequest } from './picture-request.ts';

/** What holds at a model call of the run, counted from 1. */
export type ConditioningAt = (call: number) => Conditioning;

/**
 * The prompts as the UNet is told them, call by call. Guidance of 1 or less, or a UNet that has guidance built in, needs no negative
 * prompt: the reference's `do_classifier_free_guidance`. A morph is between the embeddings of its two ends. Every text is encoded once, and a text that comes again is the same embedding again.
 * @param calls of the whole sampler, over which prompts that change are spread
 */
export async function condition(
  model: Model,
  request: Pick<PictureRequest, 'settings' | 'morph'>,
  calls: number,
  job: Job,
): Promise<ConditioningAt> {
  const { settings, morph } = request;
  const guided = passesOf(model, settings.guidanceScale) === 2;
  const ends = [settings, ...(morph ? [morph] : [])].map(({ prompt, negativePrompt }) => ({
    parts: promptParts(prompt, calls),
    negative: guided ? negativeSchedule(negativePrompt, calls) : null,
  }));
  const texts = ends.flatMap(({ parts, negative }) => [
    ...parts.flatMap(({ schedule }) => schedule.map(({ text }) => text)),
    ...(negative ?? []).map(({ text }) => text),
  ]);
  const embed = await encodeAll(model, texts, job);
  const [from, to] = ends as [(typeof ends)[0], (typeof ends)[0] | undefined];
  const mixed = new Map<string, Embedding>();
  const between = (
    call: number,
    first: readonly PromptUntil[],
    second: readonly PromptUntil[] | undefined,
  ) => {
    const start = promptAtStep(first, call);
    if (!second || !morph) return embed(start);
    const end = promptAtStep(second, call);
    const key = JSON.stringify([start, end]);
    const known = mixed.get(key) ?? mix(embed(start), embed(end), morph.amount);
    mixed.set(key, known);
    return known;
  };
  return (call) => ({
    prompts: from.parts.map(({ schedule, weight }, part) => ({
      embedding: between(call, schedule, to && (to.parts[part] ?? to.parts[0]!).schedule),
      weight,
    })),
    negative: from.negative && between(call, from.negative, to?.negative ?? undefined),
  });
}

/** All together, so that all have the same number of tokens. */
async function encodeAll(model: Model, texts: readonly string[], job: Job) {
  const unique = [...new Set(texts)];
  const embeddings = await model.encodePrompts(unique, job);
  const known = new Map(unique.map((text, at) => [text, embeddings[at]!]));
  return (text: string) => known.get(text)!;
}

const mix = (from: Embedding, to: Embedding, amount: number): Embedding => ({
  ...from,
  data: lerp(from.data, to.data, amount),
});
