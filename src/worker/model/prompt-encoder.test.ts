import { expect, it } from 'vitest';
import { stubSession } from '../../testing/stub-session.ts';
import type { FallbackSessions } from '../graphs/fallback-sessions.ts';
import type { Job } from '../runtime/job.ts';
import { createPromptEncoder } from './prompt-encoder.ts';
import type { Tokenizer } from './tokenizer.ts';

/** A token for each letter: a = 1, b = 2 … */
const tokenizer: Tokenizer = {
  encode: (text) => [...text.replaceAll(/[^a-z]/g, '')].map((letter) => letter.charCodeAt(0) - 96),
  bosId: 90,
  eosId: 91,
  padId: 0,
  maxTokens: 5,
};

const job: Job = { signal: new AbortController().signal, tell: () => undefined };

/** A text encoder that gives every token its id, and counts its runs. */
function encoder() {
  const session = stubSession(
    [{ name: 'input_ids', type: 'int32', shape: ['batch', 5] }],
    ({ input_ids: ids }) => ({
      type: 'float32',
      dims: [1, 5, 1],
      data: Float32Array.from(ids!.data as Int32Array),
    }),
    [
      { name: 'pooled', type: 'float32', shape: ['batch', 1] },
      { name: 'last_hidden_state', type: 'float32', shape: ['batch', 5, 1] },
    ],
  );
  const sessions = { use: (_component, _job, work) => work(session) } as Pick<FallbackSessions, 'use'>;
  return { session, encode: createPromptEncoder(tokenizer, sessions as FallbackSessions) };
}

it('a prompt is BOS, content, EOS and padding', async () => {
  const [embedding] = await encoder().encode(['ab'], job);
  expect(embedding).toEqual({ data: Float32Array.of(90, 1, 2, 91, 0), tokens: 5, width: 1 });
});

it('a longer prompt is read in chunks, and the shorter is filled up with empty ones', async () => {
  const [long, short] = await encoder().encode(['abcd', 'a'], job);
  expect([...long!.data]).toEqual([90, 1, 2, 3, 91, 90, 4, 91, 0, 0]);
  expect([...short!.data]).toEqual([90, 1, 91, 0, 0, 90, 91, 0, 0, 0]);
});

it('what was encoded is remembered, whichever prompt it is in', async () => {
  const { encode, session } = encoder();
  const [first] = await encode(['ab', ''], job);
  expect(session.fed).toHaveLength(2);
  const [again] = await encode(['ab', ''], job);
  expect(session.fed).toHaveLength(2);
  expect(again).toEqual(first);
  await encode(['abcab', ''], job);
  expect(session.fed).toHaveLength(3);
});

it('what was not used for long is forgotten', async () => {
  const { encode, session } = encoder();
  const prompts = [...'abcdefghijklmnopqrstuvwxyz'].flatMap((letter) => [letter, letter + letter]);
  for (const prompt of prompts) await encode([prompt], job);
  expect(session.fed).toHaveLength(prompts.length);
  await encode(['zz'], job);
  expect(session.fed).toHaveLength(prompts.length);
  await encode(['a'], job);
  expect(session.fed).toHaveLength(prompts.length + 1);
});

it('weights change what they are put on and keep the mean', async () => {
  const { encode } = encoder();
  const [plain, weighted] = await encode(['ab', '(a:2) b'], job);
  const mean = (values: Float32Array) => values.reduce((sum, value) => sum + value) / values.length;
  expect(mean(weighted!.data)).toBeCloseTo(mean(plain!.data), 4);
  expect(weighted!.data[1]! / weighted!.data[2]!).toBeCloseTo(1, 5);
});

it('a cancel is heard before each chunk', async () => {
  const { encode, session } = encoder();
  const cancelled: Job = { ...job, signal: AbortSignal.abort() };
  await expect(encode(['a'], cancelled)).rejects.toMatchObject({ name: 'AbortError' });
  expect(session.fed).toEqual([]);
});
