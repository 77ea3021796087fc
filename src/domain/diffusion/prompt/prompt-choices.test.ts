import fc from 'fast-check';
import { expect, test } from 'vitest';
import { drawChoices, hasChoices, listsNamed, readListLines, type PromptLists } from './prompt-choices.ts';

const lists: PromptLists = {
  colour: ['red', 'green', 'blue'],
  'season/warm': ['summer', '{late|early} spring'],
  'season/cold': ['winter'],
  nested: ['a __colour__ cat'],
  endless: ['__endless__ x'],
  growing: ['__growing__ __growing__ __growing__ x'],
};

const drawn = (prompt: string, seeds = 60) =>
  new Set(Array.from({ length: seeds }, (_, seed) => drawChoices(prompt, seed, lists).text));

test('one of several is drawn, also of those within others', () => {
  expect(drawn('a {red|green|blue} cat')).toEqual(new Set(['a red cat', 'a green cat', 'a blue cat']));
  expect(drawn('{a {b|c}|d}')).toEqual(new Set(['a b', 'a c', 'd']));
  expect(drawn('a {very |}old cat')).toEqual(new Set(['a very old cat', 'a old cat']));
});

test('how it chooses may be said', () => {
  for (const sign of ['~', '!', '@']) expect(drawn(`{${sign}a|b}`)).toEqual(new Set(['a', 'b']));
});

test('weights say how often', () => {
  expect(drawn('{0::a|1::b}')).toEqual(new Set(['b']));
  const texts = Array.from({ length: 1000 }, (_, seed) => drawChoices('{9::a|1::b}', seed, {}).text);
  const share = texts.filter((text) => text === 'a').length / texts.length;
  expect(share).toBeGreaterThan(0.85);
  expect(share).toBeLessThan(0.95);
});

test('several are drawn, none twice, with words between', () => {
  expect(drawn('{2$$a|b}')).toEqual(new Set(['a, b', 'b, a']));
  expect(drawn('{1-2$$ and $$a|b}')).toEqual(new Set(['a', 'b', 'a and b', 'b and a']));
  expect(drawn('{-1$$a|b}')).toEqual(new Set(['a', 'b']));
  expect(drawn('{2-$$+$$a|b}')).toEqual(new Set(['a+b', 'b+a']));
  expect(drawn('{5$$a|b}')).toEqual(new Set(['a, b', 'b, a']));
  for (const text of drawn('{2$$__colour__}')) {
    const [first, second, ...more] = text.split(', ');
    expect([lists['colour'], lists['colour'], more]).toEqual([
      expect.arrayContaining([first]),
      expect.arrayContaining([second]),
      [],
    ]);
    expect(first).not.toBe(second);
  }
});

test('a line of a list is drawn, with the choices in it; stars match several lists', () => {
  expect(drawn('__colour__')).toEqual(new Set(lists['colour']));
  expect(drawn('__nested__')).toEqual(new Set(['a red cat', 'a green cat', 'a blue cat']));
  expect(drawn('__season/*__')).toEqual(new Set(['summer', 'late spring', 'early spring', 'winter']));
  expect(listsNamed(lists, 'se**')).toEqual(['season/warm', 'season/cold']);
});

test('a list that is not there is named and stays; one that names itself ends', () => {
  expect(drawChoices('a __hair__ cat', 1, lists)).toEqual({ text: 'a __hair__ cat', unknownLists: ['hair'] });
  expect(drawChoices('__endless__', 1, lists).text).toMatch(/^ x( x)*$/);
  expect(drawChoices('__growing__', 1, lists).text.length).toBeLessThan(100_001);
});

test('a text that is set is drawn anew each time, or once for all', () => {
  expect(drawn('${c=!{a|b}}${c} ${c}')).toEqual(new Set(['a a', 'b b']));
  expect(drawn('${c={a|b}}${c}${c}')).toEqual(new Set(['aa', 'ab', 'ba', 'bb']));
  expect(drawn('${none:x} ${none}')).toEqual(new Set(['x ${none}']));
});

test('braces without a bar, and what is escaped, are text', () => {
  for (const prompt of [
    '{stormy} sea',
    '{{very}} old',
    'a {b',
    'b} c',
    'snake__case',
    '__ a __',
    '\\{a|b}',
  ]) {
    expect(drawChoices(prompt, 3, lists).text).toBe(prompt);
  }
  expect(hasChoices('a cat, (b:1.2) [c|d]')).toBe(false);
});

test('any text is drawn without a throw, the same for the same seed, and without choices it stays', () => {
  const pieces = fc.constantFrom(
    '{',
    '}',
    '|',
    '$$',
    '${',
    '=',
    '__',
    'colour',
    '2',
    '-',
    '::',
    ' ',
    'a',
    '\\',
    '*',
  );
  fc.assert(
    fc.property(fc.array(pieces), fc.maxSafeNat(), (parts, seed) => {
      const prompt = parts.join('');
      const { text } = drawChoices(prompt, seed, lists);
      expect(drawChoices(prompt, seed, lists).text).toBe(text);
      if (!hasChoices(prompt)) expect(text).toBe(prompt);
    }),
  );
});

test('a file’s lines are a list, but for empty ones and remarks', () => {
  expect(readListLines('# colours\r\n red \n\n#x\nblue')).toEqual(['red', 'blue']);
});
