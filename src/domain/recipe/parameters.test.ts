import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anyRecipe, robotRecipe } from '../../testing/recipes.ts';
import { baseName } from './told.ts';
import { formatParameters, parseParameters } from './parameters.ts';

const withPrompts = (prompt: string, negativePrompt = '') => ({
  ...robotRecipe,
  settings: { ...robotRecipe.settings, prompt, negativePrompt },
});

test('settings are written in the form of AUTOMATIC1111', () => {
  expect(formatParameters(robotRecipe)).toBe(
    'a cute robot\nNegative prompt: blurry\n' +
      'Steps: 25, Sampler: DPM++ 2M, Schedule type: Uniform, CFG scale: 7, Seed: 42, Size: 512x512, Model: tiny-sd, RNG: CPU, Version: Zoetrope 0.1.0',
  );
});

test('LoRAs and embeddings are named with their hashes, as the web UI names them', () => {
  const text = formatParameters({
    ...robotRecipe,
    extras: [
      { kind: 'lora', name: 'ink', hash: '0123456789ab' },
      { kind: 'embedding', name: 'frost', hash: 'ba9876543210' },
      { kind: 'lora', name: 'old one', hash: 'aaaaaaaaaaaa' },
      { kind: 'lora', name: 'of unknown hash', hash: '' },
    ],
  });
  expect(text).toContain(
    'RNG: CPU, Lora hashes: "ink: 0123456789ab, old one: aaaaaaaaaaaa", TI hashes: "frost: ba9876543210", Version',
  );
  const read = parseParameters(text);
  expect(read?.notes).toEqual([
    { kind: 'lora', names: ['ink', 'old one'] },
    { kind: 'embedding', names: ['frost'] },
  ]);
  expect(read?.settings.prompt).toBe(robotRecipe.settings.prompt);
});

test('a VAE comes back from its text; that of another program, which names one in nearly every text, is left', () => {
  const settings = { ...robotRecipe.settings, vae: 'my, own' };
  const text = formatParameters({ ...robotRecipe, settings });
  expect(text).toContain('VAE: "my, own", Version');
  expect(parseParameters(text)?.settings.vae).toBe('my, own');
  const theirs = text.replace('Zoetrope 0.1.0', 'v1.10.1');
  expect(parseParameters(theirs)?.settings).not.toHaveProperty('vae');
});

test('a value with a colon, comma or line break is quoted as JSON', () => {
  const text = formatParameters({ ...robotRecipe, model: { id: 'a/b:c, "d"', revision: '' } });
  expect(text).toContain('Model: "a/b:c, \\"d\\"", RNG');
  expect(parseParameters(text)?.modelName).toBe('a/b:c, "d"');
});

test('an ordinary prompt is not repeated in quotes', () => {
  expect(formatParameters(withPrompts('two\nlines, with (weights:1.2)', 'a\nb'))).not.toContain('Exact');
});

test('any settings come back from their text', () => {
  fc.assert(
    fc.property(anyRecipe, (recipe) => {
      const read = parseParameters(formatParameters(recipe));
      // The text always says whose noise it is.
      expect(read?.settings).toStrictEqual({ noise: 'torch-cpu', ...recipe.settings });
      expect(read?.modelName).toBe(baseName(recipe.model.id));
      const { source, enlarged } = recipe;
      // With a second pass the strength is that one's.
      const detail = enlarged?.how === 'detail' ? enlarged.strength : undefined;
      expect(read?.strength).toBe(recipe.settings.hires ? undefined : (source?.strength ?? detail));
      const { inpaint } = source ?? {};
      const padded = inpaint?.area === 'masked' ? inpaint : inpaint && { ...inpaint, paddingPx: 32 };
      expect(read?.inpaint).toEqual(padded);
      expect(read?.unreadable).toEqual({});
    }),
    { numRuns: 1000 },
  );
});

test('a picture of the web UI restores what both programs know', () => {
  const text = `masterpiece, (castle:1.3) on a hill
second line
Negative prompt: lowres, bad
hands
Steps: 30, Sampler: DPM++ 2M, Schedule type: Karras, CFG scale: 6.5, Seed: 3735928559, Size: 640x384, Model hash: 6ce0161689, Model: v1-5-pruned-emaonly, Denoising strength: 0.55, Lora hashes: "add: 1, more: 2", Version: v1.10.1`;
  expect(parseParameters(text)).toMatchObject({
    tool: 'AUTOMATIC1111',
    unreadable: {},
    notes: [{ kind: 'lora', names: ['add', 'more'] }],
    settings: {
      prompt: 'masterpiece, (castle:1.3) on a hill\nsecond line',
      negativePrompt: 'lowres, bad\nhands',
      steps: 30,
      guidanceScale: 6.5,
      seed: 3735928559,
      sampler: 'dpmpp-2m-karras',
      width: 640,
      height: 384,
      noise: 'nvidia',
    },
    modelName: 'v1-5-pruned-emaonly',
    strength: 0.55,
  });
});

test('a variation seed is read with its strength; what is none is named', () => {
  const read = (pairs: string) => parseParameters(`x\nSteps: 20, Sampler: Euler, Seed: 3, ${pairs}`);
  expect(read('Variation seed: 77, Variation seed strength: 0.3')?.settings.variation).toStrictEqual({
    ...{ seed: 77, strength: 0.3 },
  });
  expect(read('Variation seed: 77, Variation seed strength: 0')?.settings.variation).toBeUndefined();
  expect(read('Variation seed: 77, Variation seed strength: 3')?.unreadable).toStrictEqual({
    variation: '77, 3',
  });
  const resized = read('Variation seed: 1, Variation seed strength: 1, Seed resize from: 512x512');
  expect(resized?.notes).toContainEqual({ kind: 'part', names: ['Seed resize from'] });
});

test('every sampler that the web UI has lately is set from its text', () => {
  const sampler = (line: string) => {
    const told = parseParameters(`x\nSteps: 20, ${line}, CFG scale: 7, Seed: 3, Size: 512x512`);
    return [told?.settings.sampler, told?.settings.schedule, told?.unreadable.sampler, told?.notes.length];
  };
  expect(sampler('Sampler: DPM++ SDE Karras')).toEqual(['dpmpp-sde-karras', undefined, undefined, 0]);
  expect(sampler('Sampler: DPM2 a Karras')).toEqual(['dpm2-ancestral', 'karras', undefined, 0]);
  expect(sampler('Sampler: DPM++ 3M SDE Exponential')).toEqual(['dpmpp-3m-sde', 'exponential', undefined, 0]);
  expect(sampler('Sampler: DPM++ 2S a, Schedule type: Automatic')).toEqual([
    ...['dpmpp-2s-ancestral', 'karras', undefined, 0],
  ]);
  expect(sampler('Sampler: DPM2, Schedule type: Beta')).toEqual(['dpm2', 'beta', undefined, 0]);
  expect(sampler('Sampler: DPM++ 2M, Schedule type: Align Your Steps')).toEqual([
    ...['dpmpp-2m', 'align-your-steps', undefined, 0],
  ]);
  expect(sampler('Sampler: DPM adaptive')).toEqual([undefined, undefined, 'DPM adaptive', 0]);
});

test('a last line with fewer than three pairs belongs to the prompt', () => {
  expect(parseParameters('a cat\nSteps: 20, Seed: 3')?.settings).toStrictEqual({
    prompt: 'a cat\nSteps: 20, Seed: 3',
  });
});

test('values that mean nothing are named, not passed on', () => {
  const told = parseParameters('x\nSteps: 0, CFG scale: -3, Seed: many, Size: 0x64, Sampler: Unheard');
  expect(told?.settings).toStrictEqual({ prompt: 'x', negativePrompt: '', noise: 'nvidia' });
  expect(told?.unreadable).toStrictEqual({
    ...{ steps: '0', guidanceScale: '-3', seed: 'many', width: '0x64', sampler: 'Unheard' },
  });
});

test('a hostile text of a million characters does not take a multiple of its length', () => {
  for (const part of ['a', 'a:', 'a: "', ' ', 'ab: \\"', '-/ ']) {
    // Of the processor, whatever else the machine does: every look at all of it from every place would take minutes.
    const start = process.cpuUsage();
    parseParameters(`x\n${part.repeat(900_000 / part.length)}`);
    expect(process.cpuUsage(start).user / 1e6).toBeLessThan(10);
  }
});

test('no text makes it throw', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void parseParameters(text)));
});
