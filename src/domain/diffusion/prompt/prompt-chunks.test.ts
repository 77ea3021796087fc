import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createGenerator } from '../noise.ts';
import { applyWeights, chunkTokens, padChunks } from './prompt-chunks.ts';
import type { ChunkRules, WeightedToken } from './prompt-chunks.ts';

const clip: ChunkRules = { bosId: 49406, eosId: 49407, padId: 49407, contentLength: 75 };
const tokens = (count: number, weight = 1): WeightedToken[] =>
  Array.from({ length: count }, (_, id) => ({ id, weight }));

describe('prompt chunks', () => {
  it('wraps a short prompt in BOS and EOS and fills up with the pad token', () => {
    const [chunk, ...more] = chunkTokens([tokens(2, 1.5)], { ...clip, padId: 0, contentLength: 4 });
    expect(chunk).toEqual({ ids: [49406, 0, 1, 49407, 0, 0], weights: [1, 1.5, 1.5, 1, 1, 1] });
    expect(more).toEqual([]);
  });

  it('gives an empty prompt one piece', () => {
    expect(chunkTokens([[]], clip)).toHaveLength(1);
    expect(chunkTokens([], clip)[0]?.ids.slice(0, 3)).toEqual([49406, 49407, 49407]);
  });

  it('keeps every token in order, in pieces of 77 with an EOS in each', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(300), { maxLength: 4 }), (lengths) => {
        const sections = lengths.map((count) => tokens(count));
        const chunks = chunkTokens(sections, clip);
        const content = chunks.flatMap(({ ids }) => ids.filter((id) => id < clip.bosId));
        expect(content).toEqual(sections.flat().map(({ id }) => id));
        for (const { ids, weights } of chunks) {
          expect([ids.length, weights.length, ids[0]]).toEqual([77, 77, clip.bosId]);
          expect(ids).toContain(clip.eosId);
        }
      }),
    );
  });

  it('cuts a full piece behind a comma that is at most 20 tokens from its end, as AUTOMATIC1111 does', () => {
    const comma = 267;
    const word = (id: number): WeightedToken => ({ id, weight: 1 });
    const cats = Array.from({ length: 37 }, () => [word(2368), word(comma)]).flat();
    const lengths = (content: readonly WeightedToken[]) =>
      chunkTokens([content], { ...clip, commaId: comma }).map(({ ids }) => ids.indexOf(clip.eosId) - 1);
    expect(lengths([...cats, word(1), word(2)])).toEqual([74, 2]);
    expect(lengths([word(comma), ...tokens(54), word(1), word(2), ...tokens(30)])).toEqual([75, 12]);
    expect(lengths([...tokens(55), word(comma), ...tokens(30)])).toEqual([56, 30]);
    expect(lengths([...tokens(54), word(comma), ...tokens(30)])).toEqual([75, 10]);
    expect(lengths([...cats, word(1), word(comma), word(2)])).toEqual([75, 2]);
  });

  it('begins a piece with each section, and makes none for an empty one at the end', () => {
    expect(chunkTokens([tokens(1), tokens(1)], clip)).toHaveLength(2);
    expect(chunkTokens([tokens(1), [], tokens(76)], clip)).toHaveLength(4);
    expect(chunkTokens([[], tokens(1), []], clip)).toHaveLength(2);
  });

  it('fills the shorter prompt up', () => {
    const padded = padChunks(chunkTokens([tokens(3)], clip), 3, clip);
    expect(padded).toHaveLength(3);
    expect(padded[2]).toEqual(chunkTokens([], clip)[0]);
    expect(padChunks(padded, 1, clip)).toHaveLength(3);
  });

  it('leaves embeddings without weights as they are', () => {
    const embeddings = createGenerator(1).randn(12);
    expect(applyWeights(embeddings, [1, 1, 1])).toBe(embeddings);
  });

  it('moves the weight between tokens and keeps the mean', () => {
    const embeddings = createGenerator(1)
      .randn(12)
      .map((value) => value + 1);
    const weighted = applyWeights(embeddings, [1, 1.5, 1]);
    const mean = (values: Float32Array) => values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(mean(weighted)).toBeCloseTo(mean(embeddings), 5);
    const factor = (at: number) => weighted[at]! / embeddings[at]!;
    expect(factor(4) / factor(0)).toBeCloseTo(1.5, 5);
  });

  it('stays finite where all tokens count nothing', () => {
    expect(applyWeights(createGenerator(1).randn(6), [0, 0]).every(Number.isFinite)).toBe(true);
  });
});
