import fc from 'fast-check';
import { enlargeScales, type Enlarging } from '../domain/diffusion/edit/enlarging.ts';
import type { Hires } from '../domain/diffusion/edit/hires.ts';
import { inpaintAreas, maskedContents } from '../domain/diffusion/edit/inpainting.ts';
import { limits } from '../domain/limits.ts';
import type { ImageRecipe } from '../domain/recipe/recipe.ts';
import { hasSchedules, samplerIds } from '../domain/diffusion/samplers/choices.ts';

export const robotRecipe: ImageRecipe = {
  version: 1,
  kind: 'image',
  settings: {
    prompt: 'a cute robot',
    negativePrompt: 'blurry',
    steps: 25,
    guidanceScale: 7,
    seed: 42,
    width: 512,
    height: 512,
    sampler: 'dpmpp-2m',
  },
  model: { id: 'tiny-sd', revision: 'abc' },
  app: 'Zoetrope 0.1.0',
};

/** What people (and mischief) write: any characters, line breaks, and the very words that the text form uses. */
export const anyPrompt: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom(
        '\n',
        '\r\n',
        ' ',
        'Negative prompt: ',
        'Steps: 20, Sampler: Euler, CFG scale: 7, Seed: 1',
        'Exact prompt: "x"',
        '"',
        '\\',
        ', ',
        ': ',
        '👩🏽‍🚀',
        'ä',
        '猫',
        '(word:1.2)',
      ),
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join(''));

const plain = { noNullPrototype: true } as const;
const zeroTo = (max: number) => fc.double({ min: 0, max, noNaN: true }).map((value) => value + 0); // no −0 in JSON

const anyName = fc.constantFrom('4x-UltraSharp', 'R-ESRGAN 4x+', 'a: b, "c"');
const anyScale = fc.constantFrom(...enlargeScales);

const anyInpainting = fc.record(
  {
    content: fc.constantFrom(...maskedContents),
    area: fc.constantFrom(...inpaintAreas),
    paddingPx: fc.integer(limits.edit.paddingPx),
    featherPx: fc.integer(limits.edit.featherPx),
  },
  plain,
);

const anyEnlarging: fc.Arbitrary<Enlarging> = fc.oneof(
  fc.record({ how: fc.constant('filter' as const), scale: anyScale }, plain),
  fc.record({ how: fc.constant('network' as const), scale: anyScale, network: anyName }, plain),
  fc.record(
    {
      how: fc.constant('detail' as const),
      scale: anyScale,
      strength: zeroTo(1),
      tilePx: fc.integer({ min: 64, max: 1024 }),
      overlapPx: fc.integer(limits.edit.overlapPx),
    },
    plain,
  ),
);

const anyHires: fc.Arbitrary<Hires> = fc.record(
  {
    scale: fc.double({ ...limits.hires.scale, noNaN: true }),
    steps: fc.integer(limits.hires.steps),
    strength: zeroTo(1),
    upscaler: fc.oneof(
      fc.constantFrom({ kind: 'lanczos' as const }, { kind: 'latent' as const }),
      fc.record({ kind: fc.constant('network' as const), name: anyName }, plain),
    ),
  },
  plain,
);

const anySettings = fc
  .record(
    {
      prompt: anyPrompt,
      negativePrompt: anyPrompt,
      steps: fc.integer(limits.steps),
      guidanceScale: zeroTo(limits.guidanceScale.max),
      seed: fc.maxSafeNat(),
      width: fc.integer({ min: 1, max: 4096 }),
      height: fc.integer({ min: 1, max: 4096 }),
      sampler: fc.constantFrom('model' as const, ...samplerIds),
      // Sampler and schedule of one name would be one thing written in two ways.
      schedule: fc.constantFrom('exponential' as const, 'sgm-uniform' as const, 'simple' as const),
      clipSkip: fc.integer({ ...limits.clipSkip, min: 2 }),
      noise: fc.constantFrom('torch-cpu' as const, 'nvidia' as const),
      speed: fc.constant('fast' as const),
      hires: anyHires,
      variation: fc.record(
        { seed: fc.maxSafeNat(), strength: zeroTo(1).filter((strength) => strength > 0) },
        plain,
      ),
    },
    {
      ...plain,
      requiredKeys: [
        'prompt',
        'negativePrompt',
        'steps',
        'guidanceScale',
        'seed',
        'width',
        'height',
        'sampler',
      ],
    },
  )
  .map((settings) => {
    const { schedule, ...others } = settings;
    return schedule && hasSchedules(settings.sampler) ? settings : others;
  });

const anyModel = fc.record(
  { id: fc.constantFrom('built-in', 'segmind/tiny-sd', 'a/b:c, d'), revision: fc.string() },
  plain,
);

export const anyRecipe: fc.Arbitrary<ImageRecipe> = fc.record(
  {
    version: fc.constant(1 as const),
    kind: fc.constant('image' as const),
    settings: anySettings,
    model: anyModel,
    source: fc.record(
      { strength: zeroTo(1), inpaint: anyInpainting },
      { ...plain, requiredKeys: ['strength'] },
    ),
    enlarged: anyEnlarging,
    backend: fc.constantFrom('webgpu' as const, 'wasm' as const),
    app: fc.constant('Zoetrope 0.1.0'),
  },
  { ...plain, requiredKeys: ['version', 'kind', 'settings', 'model', 'app'] },
);
