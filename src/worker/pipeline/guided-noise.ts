import { combineGuidance, combineSeveral } from '../../domain/diffusion/guidance.ts';
import { weightedSum } from '../../domain/diffusion/weighted-sum.ts';
import { splitEmbedding, type Embedding } from '../graphs/embedding.ts';
import type { Session } from '../runtime/runtime.ts';
import { fixedTokens, predict, type UnetCall } from '../graphs/unet.ts';

export interface Conditioning {
  /** One, or several that are drawn at once, each with its weight (`AND`). */
  readonly prompts: readonly { readonly embedding: Embedding; readonly weight: number }[];
  /** Null: one pass without guidance. */
  readonly negative: Embedding | null;
}

export interface Prediction {
  readonly guided: Float32Array;
  /** What the prompts alone say: the same without guidance. */
  readonly conditional: Float32Array;
}

/**
 * The UNet's prediction with classifier-free guidance, all passes in one batch; of several prompts each pulls away from the negative one
 * by its weight. A graph that fixes its number of tokens sees a longer prompt piece by piece, and the mean of what it says to each counts.
 * Throws as `predict`.
 */
export async function predictGuided(
  session: Session,
  call: Omit<UnetCall, 'prompts'>,
  { prompts, negative }: Conditioning,
  guidanceScale: number,
): Promise<Prediction> {
  const fixed = fixedTokens(session);
  const pieces = (embedding: Embedding) =>
    fixed !== null && embedding.tokens > fixed ? splitEmbedding(embedding, fixed) : [embedding];
  const groups = [...(negative ? [negative] : []), ...prompts.map(({ embedding }) => embedding)].map(pieces);
  const predictions = await predict(session, { ...call, prompts: groups.flat() });
  const means = groups.map((group, at) => {
    const start = groups.slice(0, at).flat().length;
    return mean(predictions.slice(start, start + group.length));
  });
  const weights = prompts.map(({ weight }) => weight);
  if (!negative) {
    const alone = weightedMean(means, weights);
    return { guided: alone, conditional: alone };
  }
  const [unconditional, ...conditional] = means as [Float32Array, ...Float32Array[]];
  const guided =
    conditional.length === 1 && weights[0] === 1
      ? combineGuidance(unconditional, conditional[0]!, guidanceScale)
      : combineSeveral(unconditional, conditional, weights, guidanceScale);
  return { guided, conditional: weightedMean(conditional, weights) };
}

function weightedMean(predictions: readonly Float32Array[], weights: readonly number[]): Float32Array {
  if (predictions.length === 1) return predictions[0]!;
  const total = weights.reduce((sum, weight) => sum + weight, 0) || 1;
  return weightedSum(...predictions.map((values, at) => [weights[at]! / total, values] as const));
}

function mean(parts: readonly Float32Array[]): Float32Array {
  if (parts.length === 1) return parts[0]!;
  return parts[0]!.map((_, i) => parts.reduce((sum, part) => sum + part[i]!, 0) / parts.length);
}
