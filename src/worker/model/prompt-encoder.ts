/** Prompts → embeddings: weights, chunks of 75 tokens, and a memory of what was encoded before. */
import {
  applyWeights,
  chunkTokens,
  padChunks,
  type ChunkRules,
  type TokenChunk,
  type WeightedToken,
} from '../../domain/diffusion/prompt/prompt-chunks.ts';
import { areNumbers } from '../../domain/diffusion/image/pixels.ts';
import { textsOf } from '../../domain/diffusion/prompt/prompt-parts.ts';
import { readPromptLoras } from '../../domain/diffusion/prompt/prompt-loras.ts';
import { parsePromptWeights } from '../../domain/diffusion/prompt/prompt-weighting.ts';
import type { TokenCount } from '../../engine/protocol.ts';
import { yieldToEvents } from '../../engine/rpc.ts';
import { joinEmbeddings, type Embedding } from '../graphs/embedding.ts';
import type { FallbackSessions } from '../graphs/fallback-sessions.ts';
import type { Job } from '../runtime/job.ts';
import { textNeed } from '../graphs/needs.ts';
import { encodeIds } from '../graphs/text-encoder.ts';
import { untilUsable } from '../graphs/usable-output.ts';
import type { Tokenizer } from './tokenizer.ts';

/** Embeddings of `prompts`, all with the same number of tokens: a shorter prompt is filled up with empty chunks. */
export type EncodePrompts = (prompts: readonly string[], job: Job) => Promise<readonly Embedding[]>;

/** A prompt's content, without BOS and EOS and the signs that weigh it; one list for each section. */
export function promptTokens(
  tokenizer: Pick<Tokenizer, 'encode'>,
  prompt: string,
): readonly (readonly WeightedToken[])[] {
  return parsePromptWeights(readPromptLoras(prompt).text).map((section) =>
    section.flatMap(({ text, weight }) => tokenizer.encode(text).map((id) => ({ id, weight }))),
  );
}

export const chunkRules = (tokenizer: Tokenizer): ChunkRules => ({
  ...tokenizer,
  contentLength: tokenizer.maxTokens - 2,
  commaId: only(tokenizer.encode(',')),
});

const only = (ids: readonly number[]): number | undefined => (ids.length === 1 ? ids[0] : undefined);

export interface PromptLength {
  readonly tokens: number;
  readonly chunk: number;
}

/** Of prompts that are encoded together, all as long as the longest. */
export function promptLength(tokenizer: Tokenizer, prompts: readonly string[]): PromptLength {
  const rules = chunkRules(tokenizer);
  const counts = prompts.map((prompt) => chunkTokens(promptTokens(tokenizer, prompt), rules).length);
  return { tokens: Math.max(1, ...counts) * tokenizer.maxTokens, chunk: tokenizer.maxTokens };
}

/** What of `prompt` is encoded in the course of so many calls of the model: without tags, and of one that changes the longest text. */
export function countTokens(tokenizer: Tokenizer, prompt: string, calls: number): TokenCount {
  const rules = chunkRules(tokenizer);
  const texts = textsOf(prompt, calls).map((text) => promptTokens(tokenizer, text));
  return {
    tokens: Math.max(...texts.map((sections) => sections.flat().length)),
    chunks: Math.max(...texts.map((sections) => chunkTokens(sections, rules).length)),
    chunkTokens: rules.contentLength,
  };
}

/** Some hundred kilobytes each for a full-size model: prompts that a person goes back and forth between. */
const rememberedChunks = 32;

/** `state`: of the text encoder; another state makes something else of the same prompt. */
export function createPromptEncoder(
  tokenizer: Tokenizer,
  sessions: FallbackSessions,
  state: () => string = () => '',
): EncodePrompts {
  const rules = chunkRules(tokenizer);
  const remembered = new Map<string, Embedding>();

  const encodeNew = async ({ ids, weights }: TokenChunk, job: Job): Promise<Embedding> => {
    await yieldToEvents();
    job.signal.throwIfAborted();
    const embedding = await untilUsable(sessions, job, {
      compute: () => sessions.use(textNeed(ids.length), job, (session) => encodeIds(session, ids)),
      isUsable: ({ data }) => areNumbers(data),
      reason: 'The text encoder gave no usable numbers.',
    });
    return { ...embedding, data: applyWeights(embedding.data, weights) };
  };

  const encode = async (chunk: TokenChunk, job: Job): Promise<Embedding> => {
    const key = `${state()} ${chunk.ids.join()} ${chunk.weights.join()}`;
    const embedding = remembered.get(key) ?? (await encodeNew(chunk, job));
    // The last used comes last, so that the first is the one to forget.
    remembered.delete(key);
    remembered.set(key, embedding);
    const [oldest] = remembered.keys();
    if (remembered.size > rememberedChunks) remembered.delete(oldest!);
    return embedding;
  };

  return async (prompts, job) => {
    const all = prompts.map((prompt) => chunkTokens(promptTokens(tokenizer, prompt), rules));
    const count = Math.max(...all.map((chunks) => chunks.length));
    const embeddings: Embedding[] = [];
    for (const chunks of all) {
      const parts: Embedding[] = [];
      for (const chunk of padChunks(chunks, count, rules)) parts.push(await encode(chunk, job));
      embeddings.push(joinEmbeddings(parts));
    }
    return embeddings;
  };
}
