import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyPrompt } from '../../../testing/recipes.ts';
import { loraTag, readPromptLoras, withLora, withoutLora } from './prompt-loras.ts';

describe('LoRAs in a prompt', () => {
  it.each([
    ['<lora:style>', 1, 1],
    ['<lora:style:0.8>', 0.8, 0.8],
    ['<lora:style:0.5:-0.3>', 0.5, -0.3],
    ['<lora:style:te=0.2>', 0.2, 0.2],
    ['<lora:style:0.9:unet=0.4>', 0.9, 0.4],
    ['<LORA:style:0.5:te=1:unet=0>', 1, 0],
    ['<lyco:style:2>', 2, 2],
  ])('%s has the weights %d for the text encoder and %d for the UNet', (tag, textWeight, unetWeight) => {
    const { text, loras, unreadable } = readPromptLoras(`a cat ${tag}, snow`);
    expect(text).toBe('a cat , snow');
    expect(loras).toEqual([{ name: 'style', textWeight, unetWeight }]);
    expect(unreadable).toEqual([]);
  });

  it('names hold blanks, dots and any letters; two of one name are one, the later', () => {
    const { loras } = readPromptLoras('<lora:Épure v1.5 (final):0.3><lora:b:1><lora:b:0.25>');
    expect(loras).toEqual([
      { name: 'Épure v1.5 (final)', textWeight: 0.3, unetWeight: 0.3 },
      { name: 'b', textWeight: 0.25, unetWeight: 0.25 },
    ]);
  });

  it('a tag that cannot be read is told and is not drawn', () => {
    const read = readPromptLoras('x <lora:style:strong><lora::1> y');
    expect(read).toEqual({ text: 'x  y', loras: [], unreadable: ['<lora:style:strong>', '<lora::1>'] });
  });

  it('other angle brackets are text', () => {
    const prompt = 'a <one> in the <b>snow</b>, 3 < 4 > 2';
    expect(readPromptLoras(prompt)).toEqual({ text: prompt, loras: [], unreadable: [] });
  });

  it('a tag is written as it is read', () => {
    for (const tag of ['<lora:style:1>', '<lora:style:0.5:-0.3>']) {
      expect(loraTag(readPromptLoras(tag).loras[0]!)).toBe(tag);
    }
  });
});

describe('a tag that a control changes', () => {
  const ink = { name: 'ink', unetWeight: 0.5, textWeight: 0.5 };

  it('stays where it is, comes last when it is new, and is there once', () => {
    expect(withLora('', ink)).toBe('<lora:ink:0.5>');
    expect(withLora('a cat', ink)).toBe('a cat <lora:ink:0.5>');
    expect(withLora('a <lora:ink:1>cat', ink)).toBe('a <lora:ink:0.5>cat');
    expect(withLora('a <lora:ink:1>cat <lyco:ink:2> here', ink)).toBe('acat <lora:ink:0.5> here');
    expect(withLora('<lora:inkwell:1>', ink)).toBe('<lora:inkwell:1> <lora:ink:0.5>');
  });

  it('goes with the space before it', () => {
    expect(withoutLora('a cat <lora:ink:1>', 'ink')).toBe('a cat');
    expect(withoutLora('<lora:ink:1> a <lora:ink:0.2:3> cat', 'ink')).toBe(' a cat');
    expect(withoutLora('a <lora:other:1>', 'ink')).toBe('a <lora:other:1>');
  });

  it('is read back as it was set, in any prompt, and leaves none behind', () => {
    const weight = fc
      .double({ min: -10, max: 10, noNaN: true })
      .map((value) => Math.round(value * 20) / 20 + 0);
    const name = fc.stringMatching(/^[\w ._-]*[\w._-]$/).map((text) => text.trimStart());
    fc.assert(
      fc.property(anyPrompt, name, weight, weight, (prompt, called, unetWeight, textWeight) => {
        const lora = { name: called, unetWeight, textWeight };
        const changed = withLora(prompt, lora);
        expect(readPromptLoras(changed).loras).toContainEqual(lora);
        expect(readPromptLoras(withoutLora(changed, called)).loras.some((each) => each.name === called)).toBe(
          false,
        );
      }),
    );
  });
});
