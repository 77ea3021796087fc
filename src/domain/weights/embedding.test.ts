import { describe, expect, it } from 'vitest';
import { goldenWeights } from '../../testing/golden-weights.ts';
import { floats, safetensors } from '../../testing/safetensors.ts';
import { memorySource } from './byte-source.ts';
import { extraVectors, readEmbedding, withEmbeddings, wordOf } from './embedding.ts';
import { openWeights } from './weight-file.ts';

const golden = async (name: string) =>
  readEmbedding(name, await goldenWeights(`checkpoints/embeddings/${name}`));
const made = async (name: string, tensors: Parameters<typeof safetensors>[0]) =>
  readEmbedding(name, await openWeights(memorySource(name, safetensors(tensors))));

describe('embeddings', () => {
  it('answer to the file’s name and say what the file calls them', async () => {
    const kohya = await golden('kohya.safetensors');
    expect(kohya).toMatchObject({ word: 'kohya', innerName: null });
    expect(kohya.vectors.shape).toEqual([3, 32]);
    const one = await golden('learned_embeds.bin');
    expect(one).toMatchObject({ word: 'learned_embeds', innerName: '<one>' });
    expect(one.vectors.shape).toEqual([1, 32]);
    expect(wordOf('styles/My Style v1.5.pt')).toBe('My Style v1.5');
  });

  it('those of other models are refused by name', async () => {
    await expect(golden('for-sdxl.safetensors')).rejects.toThrow(/Stable Diffusion XL/);
    const wide = await made('wide.pt', { emb_params: floats([1, 4], [1, 2, 3, 4]) });
    const text = new Map([
      ['text_model.embeddings.token_embedding.weight', { ...wide.vectors, shape: [2, 2] }],
    ]);
    expect(() => withEmbeddings(text, [wide])).toThrow(/wide has vectors of 4 values; this model’s have 2/);
  });

  it('lie one after the other behind the encoder’s own words', async () => {
    const table = await made('t', { a: floats([1, 2], [0, 0]) });
    const text = new Map([['text_model.embeddings.token_embedding.weight', table.vectors]]);
    const one = await made('one', { emb_params: floats([2, 2], [1, 2, 3, 4]) });
    const two = await made('two', { '<two>': floats([2], [5, 6]) });
    const extra = withEmbeddings(text, [one, two]).get(extraVectors)!;
    expect(extra.shape).toEqual([3, 2]);
    expect([...(await extra.float32())]).toEqual([1, 2, 3, 4, 5, 6]);
    expect([...(await extra.float16())]).toEqual([0x3c00, 0x4000, 0x4200, 0x4400, 0x4500, 0x4600]);
    expect(withEmbeddings(text, [])).toBe(text);
  });

  it('a file of something else is told', async () => {
    await expect(made('x', { a: floats([1, 1, 1], [1]) })).rejects.toThrow(
      /x is no embedding: a has the shape 1 × 1 × 1/,
    );
    await expect(made('x', { a: floats([1], [1]), b: floats([1], [1]) })).rejects.toThrow(/it holds a and b/);
    await expect(made('x', {})).rejects.toThrow(/holds no vectors/);
  });
});
