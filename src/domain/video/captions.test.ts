import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { captionLines, layoutCaption } from './captions.ts';

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

  it('ends with an ellipsis after three lines, and in no word', () => {
    expect(captionLines('one two three four five', 5, measure)).toEqual(['one', 'two…']);
    expect(captionLines('one two three four five', 6, measure)).toEqual(['one', 'two', 'three…']);
    expect(captionLines('abcdefgh', 3, measure, 1)).toEqual(['ab…']);
  });

  it('tells what is left out', () => {
    const layout = layoutCaption('one two three four\nfive', { maxWidth: 5, maxLines: 2, measure });
    expect(layout).toEqual({
      lines: [
        { text: 'one', direction: 'ltr' },
        { text: 'two…', direction: 'ltr' },
      ],
      rest: 'three four five',
    });
    expect(layoutCaption('one', { maxWidth: 5, maxLines: 2, measure }).rest).toBe('');
  });

  it.each(['\n', '\r\n', '\r', '\u2028', '\n\n'])('keeps the line breaks of the text (%j)', (end) => {
    const text = `First line${end}Second line${end}- third  line`;
    expect(captionLines(text, 40, measure)).toEqual(['First line', 'Second line', '- third line']);
  });

  // Closing marks begin no line and opening ones end none (UAX #14; JIS X 4051 for Japanese).
  it.each([
    ['She said (quietly) hello', 10, ['She said', '(quietly)', 'hello']],
    ['She said “hello” twice', 10, ['She said', '“hello”', 'twice']],
    ['It costs $1,000,000 today', 10, ['It costs', '$1,000,000', 'today']],
    ['rock ’n’ roll', 6, ['rock', '’n’', 'roll']],
    ['C’est « la vie »', 8, ['C’est', '« la', 'vie »']],
    ['今日は天気がいいですね。「はい」', 11, ['今日は天気がいいです', 'ね。「はい」']],
    ['「今日は、とても良い天気ですね。」と彼は', 16, ['「今日は、とても良い天気です', 'ね。」と彼は']],
  ])('breaks %s at marks as its script does', (text, width, lines) => {
    expect(captionLines(text, width, measure)).toEqual(lines);
  });

  it('breaks Thai between words', () => {
    const text = 'สวัสดีชาวโลกวันนี้อากาศดี';
    const words = [...new Intl.Segmenter('th', { granularity: 'word' }).segment(text)].map(
      ({ index }) => index,
    );
    const lines = captionLines(text, 12, measure);
    expect(lines.join('')).toBe(text);
    let at = 0;
    for (const line of lines) {
      expect(words).toContain(at);
      at += line.length;
    }
  });

  it('gives each line the direction of its paragraph', () => {
    const { lines } = layoutCaption('قال Zoetrope 2.0\nZoetrope 2.0', { maxWidth: 9, maxLines: 9, measure });
    expect(lines.map(({ direction }) => direction)).toEqual(['rtl', 'rtl', 'rtl', 'ltr', 'ltr']);
  });

  it('a mark stays with a word that must be broken', () => {
    expect(captionLines('(abcdefgh)', 3, measure, 9)).toEqual(['(ab', 'cde', 'fg', 'h)']);
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
        const letters = (all: string) => all.replace(/[\s\u0085]/g, '');
        if (!lines.at(-1)?.endsWith('…')) expect(letters(lines.join(''))).toBe(letters(text));
      }),
      { numRuns: 2000 },
    );
  });
});
