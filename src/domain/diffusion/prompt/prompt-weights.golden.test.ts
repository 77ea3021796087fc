import { expect, test } from 'vitest';
import { goldenJson } from '../../../testing/golden.ts';
import { promptParts } from './prompt-parts.ts';
import { parsePromptWeights } from './prompt-weighting.ts';

type Pair = readonly [text: string, weight: number];

const { cases } = goldenJson<{
  cases: readonly (readonly [prompt: string, pieces: readonly Pair[], parts: readonly Pair[]])[];
}>('prompt-weights.json');

const rounded = (weight: number) => Number(weight.toFixed(6));

function sections(pieces: readonly Pair[]): readonly (readonly Pair[])[] {
  const found: Pair[][] = [[]];
  for (const [text, weight] of pieces) {
    if (text === 'BREAK' && weight === -1) found.push([]);
    else if (text !== '') found.at(-1)!.push([text, rounded(weight)]);
  }
  return found;
}

test.each(cases)('%j has the weights that AUTOMATIC1111’s parser gives it', (prompt, pieces) => {
  const ours = parsePromptWeights(prompt).map((section) =>
    section.filter(({ text }) => text !== '').map(({ text, weight }) => [text, rounded(weight)]),
  );
  expect(ours).toEqual(sections(pieces));
});

test('AND parts prompts where that parser does, with its weights; a number at the end of one alone stays text', () => {
  for (const [prompt, , parts] of cases) {
    const weights = promptParts(prompt, 10).map(({ weight }) => weight);
    expect(weights, prompt).toEqual(parts.length === 1 ? [1] : parts.map(([, weight]) => weight));
  }
});
