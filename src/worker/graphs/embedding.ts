/** What the text encoder makes of a prompt: `data` is [1, tokens, width], row by row. */
export interface Embedding {
  readonly data: Float32Array;
  readonly tokens: number;
  readonly width: number;
}

/** One after the other; all of the same width. */
export function joinEmbeddings(parts: readonly Embedding[]): Embedding {
  const tokens = parts.reduce((sum, part) => sum + part.tokens, 0);
  const width = parts[0]!.width;
  const data = new Float32Array(tokens * width);
  let at = 0;
  for (const part of parts) {
    data.set(part.data, at);
    at += part.data.length;
  }
  return { data, tokens, width };
}

const split = new WeakMap<Embedding, readonly Embedding[]>();

/** In pieces of `tokens`, for graphs whose sequence length is fixed; the same pieces each time. */
export function splitEmbedding(embedding: Embedding, tokens: number): readonly Embedding[] {
  const known = split.get(embedding);
  if (known?.[0]?.tokens === tokens) return known;
  const { data, tokens: total, width } = embedding;
  const pieces = Array.from({ length: Math.ceil(total / tokens) }, (_, i) => ({
    data: data.subarray(i * tokens * width, (i + 1) * tokens * width),
    tokens,
    width,
  }));
  split.set(embedding, pieces);
  return pieces;
}
