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
  /** Before a piece that is full is cut, it is looked for a comma near its end; without one it is cut where it is full. */
  readonly commaId?: number | undefined;
}

/**
 * Cuts a prompt of any length into pieces that the text encoder takes; their embeddings are then laid end to end. Each section begins a
 * piece, also an empty one, but for an empty one at the end; there is always one piece.
 */
export function chunkTokens(
  sections: readonly (readonly WeightedToken[])[],
  rules: ChunkRules,
): readonly TokenChunk[] {
  const isLast = (at: number) => at === sections.length - 1;
  const chunks = sections.flatMap((section, at) =>
    section.length === 0 && !isLast(at) ? [[]] : pieces(section, rules),
  );
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

/** So near to its end AUTOMATIC1111 looks for a comma (`comma_padding_backtrack`). */
const commaReach = 20;

function pieces(
  tokens: readonly WeightedToken[],
  { contentLength, commaId }: ChunkRules,
): readonly (readonly WeightedToken[])[] {
  const found: (readonly WeightedToken[])[] = [];
  for (let at = 0; at < tokens.length; at += found.at(-1)!.length) {
    const full = tokens.slice(at, at + contentLength);
    const comma = full.findLastIndex(({ id }) => id === commaId);
    const next = tokens[at + contentLength];
    // What follows the comma goes to the next piece, unless the comma itself would.
    const isNear =
      next !== undefined && next.id !== commaId && comma >= 0 && full.length - comma <= commaReach;
    found.push(isNear ? full.slice(0, comma + 1) : full);
  }
  return found;
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
