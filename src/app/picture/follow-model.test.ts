import fc from 'fast-check';
import { expect, test } from 'vitest';
import { catalogue } from '../../domain/model/catalogue.ts';
import type { ModelCard } from '../../domain/model/card.ts';
import { defaultDraft } from './draft.ts';
import { followModel } from './follow-model.ts';

const builtIn: ModelCard = {
  name: 'Built-in',
  description: '',
  licence: 'MIT',
  defaults: { sampler: 'dpmpp-2m', steps: 25, guidanceScale: 4, width: 256, height: 256 },
  sizeMultiple: 32,
  examples: [],
};
const card = (key: string) => catalogue.find((model) => model.key === key)!.card;
const tinySd = card('tiny-sd-fp16');
const lcm = card('lcm-tiny-sd');

test('an untouched draft becomes the new model’s', () => {
  const { defaults } = lcm;
  expect(followModel(defaultDraft(builtIn), builtIn, lcm)).toMatchObject(defaults);
});

test('what the person chose stays', () => {
  const draft = { ...defaultDraft(builtIn), prompt: 'a fox', steps: 12, sampler: 'euler' as const };
  expect(followModel(draft, builtIn, tinySd)).toMatchObject({
    prompt: 'a fox',
    steps: 12,
    sampler: 'euler',
    guidanceScale: 7,
  });
});

test('a shape of their own stays a shape, at the new model’s size', () => {
  const draft = { ...defaultDraft(builtIn), width: 256, height: 384 };
  expect(followModel(draft, builtIn, tinySd)).toMatchObject({ width: 512, height: 768 });
});

test('there and back again is where it began', () => {
  const draft = { ...defaultDraft(builtIn), steps: 12, width: 320, height: 192 };
  expect(followModel(followModel(draft, builtIn, lcm), lcm, builtIn)).toEqual(draft);
});

test('an empty field stays empty', () => {
  expect(followModel({ ...defaultDraft(builtIn), width: NaN }, builtIn, tinySd).width).toBeNaN();
});

test('every size is one that the new model can draw', () => {
  const side = fc.integer({ min: 1, max: 4096 });
  fc.assert(
    fc.property(side, side, fc.constantFrom(32, 64), (width, height, sizeMultiple) => {
      const to = { ...tinySd, sizeMultiple };
      const draft = followModel({ ...defaultDraft(builtIn), width, height }, builtIn, to);
      expect([draft.width % sizeMultiple, draft.height % sizeMultiple]).toEqual([0, 0]);
      expect(Math.min(draft.width, draft.height)).toBeGreaterThan(0);
    }),
  );
});
