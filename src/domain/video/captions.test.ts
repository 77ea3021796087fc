import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { captionLines } from './captions.ts';

/** Every letter is one wide. */
const measure = (line: string) => line.length;

describe('captionLines', () => {
  it('breaks between words', () => {
    expect(captionLines('a calm beach at sunset', 12, measure)).toEqual(['a calm beach', 'at sunset']);
  });

  it('keeps punctuation at its word', () => {
    expect(captionLines('night, then day', 6, measure)).toEqual(['night,', 'then', 'day']);
  });

  it('breaks inside a word that is too wide alone', () => {
    expect(captionLines('abcdefgh', 3, measure)).toEqual(['abc', 'def', 'gh']);
  });

  it('breaks Chinese, which has no spaces', () => {
    const lines = captionLines('宁静的海滩在日落时分', 5, measure);
    expect(lines.length).toBeGreaterThan(1);
    expect(lines.join('')).toBe('宁静的海滩在日落时分');
  });

  it('ends with an ellipsis after three lines', () => {
    expect(captionLines('one two three four five', 5, measure)).toEqual(['one', 'two', 'thre…']);
  });

  it('has no lines without text', () => {
    expect(captionLines(' \n ', 10, measure)).toEqual([]);
  });

  it('never makes a line too wide, and loses no letter of a text that fits', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), fc.integer({ min: 4, max: 40 }), (text, width) => {
        const lines = captionLines(text, width, measure);
        expect(lines.length).toBeLessThanOrEqual(3);
        for (const line of lines) expect(line.length).toBeLessThanOrEqual(width);
        const letters = (all: string) => all.replace(/\s/g, '');
        if (!lines.at(-1)?.endsWith('…')) expect(letters(lines.join(''))).toBe(letters(text));
      }),
      { numRuns: 2000 },
    );
  });
});
