/** Words of a prompt that stand for a person's own embeddings. */
import { ownWordPattern } from '../../domain/diffusion/prompt/own-words.ts';
import type { Embedding } from '../../domain/weights/embedding.ts';
import type { Tokenizer } from './tokenizer.ts';

/**
 * The same tokenizer, for which an embedding's word is its vectors: their ids follow the vocabulary, in the order of `embeddings`. A word is
 * found wherever it stands alone, in any case; of several the longest.
 */
export function withEmbeddingWords(
  tokenizer: Tokenizer,
  vocabularySize: number,
  embeddings: readonly Embedding[],
): Tokenizer {
  if (embeddings.length === 0) return tokenizer;
  const ids = new Map<string, readonly number[]>();
  let next = vocabularySize;
  for (const { word, vectors } of embeddings) {
    const count = vectors.shape[0]!;
    const first = next;
    ids.set(
      word.toLowerCase(),
      Array.from({ length: count }, (_, i) => first + i),
    );
    next += count;
  }
  const pattern = ownWordPattern([...ids.keys()]);
  const encode = (text: string) =>
    text.split(pattern).flatMap((part) => ids.get(part.toLowerCase()) ?? tokenizer.encode(part));
  return { ...tokenizer, encode };
}
