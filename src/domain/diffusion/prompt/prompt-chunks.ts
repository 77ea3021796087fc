/** A content token of the prompt and how much it counts. */
export interface WeightedToken {
  readonly id: number;
  readonly weight: number;
}

/** What the text encoder is given at once: BOS, content, EOS, padding. */
export interface TokenChunk {
  /** [contentLength + 2] */
  readonly ids: readonly number[];
  /** 1 for all that is not content. [contentLength + 2] */
  readonly weights: readonly number[];
}

/** The tokenizer's special ids, and how many content tokens fit between them (75 for CLIP). */
export interface ChunkRules {
  readonly bosId: number;
  readonly eosId: number;
  /** CLIP pads with EOS, Stable Diffusion 2 with 0. */
  readonly padId: number;
  readonly contentLength: number;
}

/**
 * Cuts a prompt of any length into pieces that the text encoder takes; their embeddings are then laid end to end. Each section begins a
 * piece; sections without tokens make none, but there is always one piece.
 */
export function chunkTokens(
  sections: readonly (readonly WeightedToken[])[],
  rules: ChunkRules,
): readonly TokenChunk[] {
  const chunks = sections.flatMap((section) => pieces(section, rules.contentLength));
  return (chunks.length === 0 ? [[]] : chunks).map((content) => wrapped(content, rules));
}

/** Guidance needs prompt and negative prompt of one length: the shorter is filled up with empty pieces. */
export function padChunks(
  chunks: readonly TokenChunk[],
  count: number,
  rules: ChunkRules,
): readonly TokenChunk[] {
  const missing = Math.max(0, count - chunks.length);
  return [...chunks, ...Array.from({ length: missing }, () => wrapped([], rules))];
}

/**
 * Scales each token's embedding by its weight, then all of them so that their mean is what it was: the rule of AUTOMATIC1111's first
 * implementation, by which emphasis moves the prompt's meaning and not its strength. Weights of 1 throughout give the embeddings themselves.
 * @param embeddings one piece's. [weights.length, width]
 */
export function applyWeights(embeddings: Float32Array, weights: readonly number[]): Float32Array {
  if (weights.every((weight) => weight === 1)) return embeddings;
  const width = embeddings.length / weights.length;
  const scaled = embeddings.map((value, at) => value * weights[Math.floor(at / width)]!);
  const restored = sum(embeddings) / sum(scaled);
  return Number.isFinite(restored) ? scaled.map((value) => value * restored) : scaled;
}

function sum(values: Float32Array): number {
  return values.reduce((total, value) => total + value, 0);
}

function pieces(tokens: readonly WeightedToken[], length: number): readonly (readonly WeightedToken[])[] {
  return Array.from({ length: Math.ceil(tokens.length / length) }, (_, at) =>
    tokens.slice(at * length, (at + 1) * length),
  );
}

function wrapped(
  content: readonly WeightedToken[],
  { bosId, eosId, padId, contentLength }: ChunkRules,
): TokenChunk {
  const padding = new Array<number>(contentLength - content.length).fill(padId);
  return {
    ids: [bosId, ...content.map(({ id }) => id), eosId, ...padding],
    weights: [1, ...content.map(({ weight }) => weight), 1, ...padding.map(() => 1)],
  };
}
