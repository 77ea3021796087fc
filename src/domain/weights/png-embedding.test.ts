import { describe, expect, it } from 'vitest';
import { makeChunk } from '../recipe/png-chunks.ts';
import { memorySource } from './byte-source.ts';
import { readEmbedding } from './embedding.ts';
import { openWeights } from './weight-file.ts';

const signature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
const picture = (...texts: readonly string[]) =>
  Buffer.concat([
    signature,
    makeChunk('IHDR', new Uint8Array(13)),
    ...texts.map((text) => makeChunk('tEXt', Buffer.from(text, 'latin1'))),
    makeChunk('IEND', new Uint8Array(0)),
  ]);
const holding = (data: unknown) =>
  picture(`sd-ti-embedding\0${Buffer.from(JSON.stringify(data)).toString('base64')}`);
const open = (bytes: Uint8Array) => openWeights(memorySource('mine.png', bytes));

const data = (rows: unknown) => ({
  string_to_token: { '*': 265 },
  string_to_param: { '*': { TORCHTENSOR: rows } },
  name: 'meine Föhre',
  step: 1500,
});

describe('an embedding in a picture', () => {
  it('is what AUTOMATIC1111 wrote into it', async () => {
    const rows = [
      [0.5, -1.25, 3],
      [1, 2, 1e-7],
    ];
    const embedding = readEmbedding('style-1500.png', await open(holding(data(rows))));
    expect(embedding).toMatchObject({ word: 'style-1500', innerName: 'meine Föhre' });
    expect(embedding.vectors.shape).toEqual([2, 3]);
    expect([...(await embedding.vectors.float32())]).toEqual([...Float32Array.from(rows.flat())]);
    expect((await embedding.vectors.float16())[0]).toBe(0x3800);
  });

  it('is missed where there is none', async () => {
    await expect(open(picture('parameters\0a cat'))).rejects.toMatchObject({ code: 'model-unsupported' });
    await expect(open(picture())).rejects.toThrow(/a picture without an embedding/);
  });

  it.each([
    ['no base64', picture('sd-ti-embedding\0%%%')],
    ['no JSON', picture('sd-ti-embedding\0AAAA')],
    ['no vectors', holding({ string_to_param: {} })],
    ['vectors of two widths', holding(data([[1], [1, 2]]))],
    ['texts for numbers', holding(data([['1']]))],
    ['a number that is none', holding(data([[null]]))],
    ['nothing in them', holding(data([[]]))],
  ])('with %s is refused', async (_, bytes) => {
    const read = open(bytes).then((file) => readEmbedding('mine.png', file));
    await expect(read).rejects.toMatchObject({
      code: expect.stringMatching(/^(?:file-corrupt|model-unsupported)$/) as string,
    });
  });
});
