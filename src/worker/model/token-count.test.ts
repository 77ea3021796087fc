/** The counter under the prompt against what the text encoder is really given. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { goldenJson } from '../../testing/golden.ts';
import { stubSession } from '../../testing/stub-session.ts';
import type { FallbackSessions } from '../graphs/fallback-sessions.ts';
import { condition } from '../pipeline/conditioning.ts';
import type { Job } from '../runtime/job.ts';
import { withEmbeddingWords } from './embedding-words.ts';
import type { Model } from './model.ts';
import { countTokens, createPromptEncoder } from './prompt-encoder.ts';
import { loadTokenizer, type Tokenizer } from './tokenizer.ts';

const job: Job = { signal: new AbortController().signal, tell: () => undefined };
const calls = 12;

const vectors = (count: number) => ({ shape: [count, 1], data: new Float32Array(count) });
const embeddings = [
  { word: 'frost', vectors: vectors(3) },
  { word: 'ink wash', vectors: vectors(1) },
] as unknown as Parameters<typeof withEmbeddingWords>[2];

const merges = readFileSync(join(import.meta.dirname, '../../../public/models/clip/merges.txt'), 'utf8');
const clip = await loadTokenizer({
  list: () => [{ path: 'tokenizer/merges.txt', sizeBytes: merges.length }],
  readText: () => Promise.resolve(merges),
  readBytes: () => Promise.reject(new Error('only its text is read')),
});
const tokenizer = withEmbeddingWords(clip, 49_408, embeddings);

/** Content tokens of one text, chunk by chunk, as its embedding tells them: the stub answers with the ids that it is given. */
function contents(data: Float32Array, { bosId, eosId, maxTokens }: Tokenizer): readonly number[] {
  return Array.from({ length: data.length / maxTokens }, (_, at) => {
    const ids = [...data.subarray(at * maxTokens, (at + 1) * maxTokens)];
    expect(ids[0]).toBe(bosId);
    // The marks' own words are among the prompts; what is padded is the last.
    const end = ids.findLastIndex((id, place) => id !== eosId && place > 0);
    return Math.max(0, end);
  });
}

/** What is sent in the course of a picture, of the longest text. */
async function sent(prompt: string) {
  const session = stubSession(
    [{ name: 'input_ids', type: 'int32', shape: ['batch', 77] }],
    ({ input_ids: ids }) => ({
      type: 'float32',
      dims: [1, 77, 1],
      data: Float32Array.from(ids!.data as Int32Array),
    }),
    [{ name: 'last_hidden_state', type: 'float32', shape: ['batch', 77, 1] }],
  );
  const sessions = { use: (_need, _job, work) => work(session) } as Pick<FallbackSessions, 'use'>;
  const model = {
    config: { timeCondDim: null },
    encodePrompts: createPromptEncoder(tokenizer, sessions as FallbackSessions),
  } as unknown as Model;
  // Without guidance, so that no negative prompt makes it longer; without weights, so that the ids come back as they are.
  const settings = { prompt, negativePrompt: '', guidanceScale: 1 };
  const at = await condition(model, { settings } as Parameters<typeof condition>[1], calls, job);
  const texts = Array.from({ length: calls }, (_, call) => at(call + 1).prompts).flat();
  const counts = texts.map(({ embedding }) => contents(embedding.data, tokenizer));
  const tokens = Math.max(...counts.map((chunks) => chunks.reduce((sum, count) => sum + count, 0)));
  return { tokens, chunks: counts[0]!.length, chunkTokens: 75 };
}

/** Signs that would weigh words change what the stub gives back, and have tests of their own. */
const words = goldenJson<readonly { text: string }[]>('clip-prompts.json').map(({ text }) =>
  text.replaceAll(/[()[\]\\|:]|AND|BREAK|<\|\w+\|>/g, ' '),
);

const ways: readonly ((text: string, other: string) => string)[] = [
  (text) => text,
  (text, other) => `${text} BREAK ${other}`,
  (text, other) => `[${text}:${other}:0.5]`,
  (text, other) => `a [${text}|${other}] by night`,
  (text, other) => `${text} AND ${other} :0.5`,
  (text) => `${text}<lora:own:0.8> frost <hypernet:own:1>`,
  (text, other) => `Ink Wash, ${text}, ${other}, `.repeat(4),
  (text, other) => `${text} BREAK [${other}:frost ${text}:${other.length % 14}] AND frost <lora:a:1>`,
];

it('1,500 prompts with changes, turns, sections, tags and embeddings count as many tokens and chunks as are encoded', async () => {
  const wrong: unknown[] = [];
  for (const [at, text] of words.entries()) {
    const prompt = ways[at % ways.length]!(text, words[(at * 7) % words.length]!);
    const [counted, encoded] = [countTokens(tokenizer, prompt, calls), await sent(prompt)];
    if (JSON.stringify(counted) !== JSON.stringify(encoded)) wrong.push({ prompt, counted, encoded });
  }
  expect(words).toHaveLength(1500);
  expect(wrong).toEqual([]);
});
