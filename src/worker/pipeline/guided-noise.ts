import { combineGuidance } from '../../domain/diffusion/guidance.ts';
import { splitEmbedding, type Embedding } from '../graphs/embedding.ts';
import type { Session } from '../runtime/runtime.ts';
import { fixedTokens, predict, type UnetCall } from '../graphs/unet.ts';

export interface Conditioning {
  readonly prompt: Embedding;
  /** Null: one pass without guidance. */
  readonly negative: Embedding | null;
}

/**
 * The UNet's prediction with classifier-free guidance, both passes in one batch. A graph that fixes its number of tokens sees a longer
 * prompt piece by piece, and the mean of what it says to each counts. Throws as `predict`.
 */
export async function predictGuided(
  session: Session,
  call: Omit<UnetCall, 'prompts'>,
  { prompt, negative }: Conditioning,
  guidanceScale: number,
): Promise<Float32Array> {
  const fixed = fixedTokens(session);
  const pieces = (embedding: Embedding) =>
    fixed !== null && embedding.tokens > fixed ? splitEmbedding(embedding, fixed) : [embedding];
  const negatives = negative ? pieces(negative) : [];
  const predictions = await predict(session, { ...call, prompts: [...negatives, ...pieces(prompt)] });
  const conditional = mean(predictions.slice(negatives.length));
  if (negatives.length === 0) return conditional;
  return combineGuidance(mean(predictions.slice(0, negatives.length)), conditional, guidanceScale);
}

function mean(parts: readonly Float32Array[]): Float32Array {
  if (parts.length === 1) return parts[0]!;
  return parts[0]!.map((_, i) => parts.reduce((sum, part) => sum + part[i]!, 0) / parts.length);
}
