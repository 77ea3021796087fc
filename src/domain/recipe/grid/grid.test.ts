import fc from 'fast-check';
import { expect, test } from 'vitest';
import { robotRecipe } from '../../../testing/recipes.ts';
import { readNumbers, readParts } from './axis-values.ts';
import { gridCells, readAxis, type AxisKind, type GridBase } from './grid.ts';
import { cellPlace, planSheet } from './sheet.ts';

const base: GridBase = {
  settings: { ...robotRecipe.settings, prompt: 'a cute robot <lora:ink:0.5>', negativePrompt: 'robot hands' },
  models: [
    { id: 'built-in', name: 'Built-in' },
    { id: 'someone/tiny-sd', name: 'Tiny SD' },
  ],
  model: 'built-in',
};
const read = (kind: AxisKind, text: string) => {
  const found = readAxis({ kind, text }, base);
  return 'values' in found ? found.values : found.problem;
};
const cells = (kind: AxisKind, text: string) => {
  const found = readAxis({ kind, text }, base);
  if (!('values' in found)) throw new Error(found.problem.kind);
  return gridCells(found.values, [], base);
};

// As https://github.com/AUTOMATIC1111/stable-diffusion-webui/wiki/Features#xyz-plot tells, and its code computes.
test.each([
  ['1-5', [1, 2, 3, 4, 5]],
  ['1-5 (+2)', [1, 3, 5]],
  ['10-5 (-3)', [10, 7]],
  ['1-3 (+0.5)', [1, 1.5, 2, 2.5, 3]],
  ['1-10 [5]', [1, 3, 5, 7, 10]],
  ['7', [7]],
  ['-1', [-1]],
])('the range %s', (text, expected) => {
  expect(readNumbers(text, !text.includes('.'))).toEqual(expected);
});

test('fractions are counted out evenly', () => {
  expect(readNumbers('0.0-1.0 [6]', false)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
  expect(readNumbers('0-1 (+0.1)', false)).toEqual([0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1]);
  for (const text of ['', 'x', '1-', '1-5 (0)', '1-5 [x]']) expect(readNumbers(text, false)).toBeNull();
  expect(readNumbers('1.5', true)).toBeNull();
  expect(readNumbers('1-999999999', true)).toHaveLength(1000);
});

test('parts stand between commas; in quotes a comma is one of the text', () => {
  expect(readParts(' a ,b c,, "d, e" , "say ""hi""" ')).toEqual(['a', 'b c', 'd, e', 'say "hi"']);
  fc.assert(
    fc.property(fc.array(fc.string({ minLength: 1 }).filter((text) => text.trim() !== '')), (texts) => {
      const written = texts.map((text) => `"${text.replaceAll('"', '""')}"`).join(', ');
      expect(readParts(written)).toEqual(texts);
    }),
  );
});

test('the first text is looked for in both prompts, and each takes its place', () => {
  const found = cells('prompt', 'robot, fox, "big, red dog"');
  expect(found.map(({ settings }) => settings.prompt)).toEqual([
    'a cute robot <lora:ink:0.5>',
    'a cute fox <lora:ink:0.5>',
    'a cute big, red dog <lora:ink:0.5>',
  ]);
  expect(found[1]!.settings.negativePrompt).toBe('fox hands');
  expect(read('prompt', 'cat, dog')).toEqual({ kind: 'not-found', text: 'cat' });
  expect(cells('prompt', 'robot, $&')[1]!.settings.prompt).toContain('a cute $&');
});

test('numbers, samplers, models and weights change what they name, and nothing else', () => {
  expect(cells('steps', '2, 4-6').map(({ settings }) => settings.steps)).toEqual([2, 4, 5, 6]);
  expect(cells('guidanceScale', '1.5, 7').map(({ settings }) => settings.guidanceScale)).toEqual([1.5, 7]);
  expect(cells('sampler', 'Euler a, DDIM').map(({ settings }) => settings.sampler)).toEqual([
    'euler-ancestral',
    'ddim',
  ]);
  expect(cells('model', 'tiny sd, built-in').map(({ model }) => model)).toEqual([
    'someone/tiny-sd',
    'built-in',
  ]);
  expect(cells('lora', 'ink: 0, 0.5-1 (+0.5)').map(({ settings }) => settings.prompt)).toEqual([
    ...['a cute robot <lora:ink:0>', 'a cute robot <lora:ink:0.5>', 'a cute robot <lora:ink:1>'],
  ]);
  const { steps, ...others } = cells('steps', '2')[0]!.settings;
  expect([steps, { ...base.settings, ...others }]).toEqual([2, base.settings]);
});

test('what cannot be read or made is told', () => {
  expect(read('steps', '')).toEqual({ kind: 'empty' });
  expect(read('steps', '4, many')).toEqual({ kind: 'unreadable', text: 'many' });
  expect(read('steps', '0')).toEqual({ kind: 'outside', value: 0, min: 1, max: 150 });
  expect(read('sampler', 'Nobody')).toEqual({ kind: 'unreadable', text: 'Nobody' });
  expect(read('lora', '0.5, 1')).toEqual({ kind: 'unreadable', text: '0.5, 1' });
});

test('two axes make every pair, row by row', () => {
  const values = (kind: AxisKind, text: string) => {
    const found = readAxis({ kind, text }, base);
    return 'values' in found ? found.values : [];
  };
  const found = gridCells(values('steps', '1, 2, 3'), values('seed', '7, 8'), base);
  expect(found.map(({ settings: { steps, seed } }) => [seed, steps])).toEqual([
    ...[7, 8].flatMap((seed) => [1, 2, 3].map((steps) => [seed, steps])),
  ]);
});

test('no two cells of a sheet lie over each other, all lie on it, and it is never too large', () => {
  const count = fc.integer({ min: 1, max: 12 });
  const side = fc.integer({ min: 64, max: 2048 });
  fc.assert(
    fc.property(count, count, side, side, (columns, rows, width, height) => {
      const plan = planSheet(columns, rows, { width, height }, 4096);
      expect(Math.max(plan.width, plan.height)).toBeLessThanOrEqual(4096);
      for (let at = 0; at < columns * rows; at++) {
        const { x, y } = cellPlace(plan, at);
        expect(x + plan.cellWidth).toBeLessThanOrEqual(plan.width);
        expect(y + plan.cellHeight).toBeLessThanOrEqual(plan.height);
        expect(y).toBeGreaterThanOrEqual(plan.top);
        const right = (at + 1) % columns === 0 ? null : cellPlace(plan, at + 1);
        if (right) expect(right.x).toBeGreaterThan(x + plan.cellWidth);
      }
    }),
  );
});
