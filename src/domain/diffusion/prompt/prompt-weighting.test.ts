import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hasWeightingSyntax, parsePromptWeights } from './prompt-weighting.ts';

/** One section, as pairs, with weights to four digits. */
function read(prompt: string): (string | number)[][] {
  return parsePromptWeights(prompt)
    .flat()
    .map(({ text, weight }) => [text, Number(weight.toFixed(4))]);
}

describe('prompt weights', () => {
  // Expected values: the syntax as the documentation of AUTOMATIC1111's prompt attention describes it.
  const cases: readonly (readonly [prompt: string, expected: (string | number)[][]])[] = [
    ['normal text', [['normal text', 1]]],
    ['', [['', 1]]],
    [
      'an (important) word',
      [
        ['an ', 1],
        ['important', 1.1],
        [' word', 1],
      ],
    ],
    [
      '((very)) [less]',
      [
        ['very', 1.21],
        [' ', 1],
        ['less', 0.9091],
      ],
    ],
    [
      'a (cat:1.3), (dog:.5)',
      [
        ['a ', 1],
        ['cat', 1.3],
        [', ', 1],
        ['dog', 0.5],
      ],
    ],
    [
      '(a (b:2) c:1.5)',
      [
        ['a ', 1.5],
        ['b', 3],
        [' c', 1.5],
      ],
    ],
    ['(unbalanced', [['unbalanced', 1.1]]],
    [
      '[open (both',
      [
        ['open ', 0.9091],
        ['both', 1],
      ],
    ],
    ['closed) too]', [['closed) too]', 1]]],
    ['no weight here:1.2)', [['no weight here:1.2)', 1]]],
    ['\\(literal\\) \\[too\\] \\\\', [['(literal) [too] \\', 1]]],
    ['(a\\)b:1.2)', [['a)b', 1.2]]],
    [
      'time 9:45 (x)',
      [
        ['time 9:45 ', 1],
        ['x', 1.1],
      ],
    ],
    ['(x:1.2.3)', [['x:1.2.3', 1.1]]],
    ['(BBC: Big Ben:1.2)', [['BBC: Big Ben', 1.2]]],
    ['(neutral:1)', [['neutral', 1]]],
    ['(none:0)', [['none', 0]]],
  ];

  for (const [prompt, expected] of cases) {
    it(`reads ${JSON.stringify(prompt)}`, () => expect(read(prompt)).toEqual(expected));
  }

  it('begins a section at BREAK, without the white space beside it', () => {
    expect(parsePromptWeights('(one:1.5) BREAK  two')).toEqual([
      [{ text: 'one', weight: 1.5 }],
      [{ text: 'two', weight: 1 }],
    ]);
    expect(parsePromptWeights('BREAK a BREAK BREAK')).toEqual([
      [{ text: '', weight: 1 }],
      [{ text: 'a', weight: 1 }],
      [{ text: '', weight: 1 }],
      [{ text: '', weight: 1 }],
    ]);
    expect(parsePromptWeights('a BREAKFAST, BREAK日')).toEqual([
      [{ text: 'a BREAKFAST, BREAK日', weight: 1 }],
    ]);
  });

  it('takes BREAK in brackets for a word, as the reference does', () => {
    expect(read('(one BREAK two:1.5)')).toEqual([
      ['one', 1.5],
      ['BREAK', -1.5],
      ['two', 1.5],
    ]);
  });

  it('leaves a prompt without brackets and backslashes untouched', () => {
    for (const prompt of ['  two  spaces ', 'x:1.2', '日本 🍄']) {
      expect(hasWeightingSyntax(prompt)).toBe(false);
      expect(parsePromptWeights(prompt)).toEqual([[{ text: prompt, weight: 1 }]]);
    }
  });

  it('never throws, and gives finite weights and every letter of the prompt', () => {
    const pieces = fc.constantFrom(
      '(',
      ')',
      '[',
      ']',
      ':',
      ':1.2)',
      '\\',
      'a',
      ' cat',
      'BREAK',
      ' ',
      '9',
      '-',
    );
    fc.assert(
      fc.property(fc.array(pieces), (parts) => {
        const texts = parsePromptWeights(parts.join('')).flat();
        expect(texts.length).toBeGreaterThan(0);
        expect(texts.every(({ weight }) => Number.isFinite(weight))).toBe(true);
        const letters = (text: string) => text.replaceAll(/\bBREAK\b/g, '').replaceAll(/[^a-z]/g, '');
        expect(letters(texts.map(({ text }) => text).join(''))).toBe(letters(parts.join('')));
      }),
    );
    fc.assert(
      fc.property(fc.string(), (prompt) => {
        expect(parsePromptWeights(prompt).length).toBeGreaterThan(0);
      }),
    );
  });
});
