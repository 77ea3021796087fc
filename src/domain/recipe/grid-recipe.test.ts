import { expect, test } from 'vitest';
import { robotRecipe } from '../../testing/recipes.ts';
import { cellsOfGrid, readGridRecipe, type GridRecipe } from './grid-recipe.ts';

const grid: GridRecipe = {
  version: 1,
  kind: 'grid',
  base: robotRecipe,
  axes: [
    { kind: 'steps', text: '2, 4' },
    { kind: 'prompt', text: 'robot, fox' },
  ],
  models: [{ id: 'tiny-sd', name: 'Tiny SD' }],
};

test('a grid comes back as it was kept, and its cells with the settings that each was drawn with', () => {
  const read = readGridRecipe(JSON.parse(JSON.stringify(grid)));
  expect(read).toEqual(grid);
  const { columns, rows, cells } = cellsOfGrid(read!)!;
  expect([columns, rows].map((values) => values.map(({ label }) => label))).toEqual([
    ['2', '4'],
    ['robot', 'fox'],
  ]);
  expect(cells.map(({ settings }) => [settings.prompt, settings.steps])).toEqual([
    ...[
      ['a cute robot', 2],
      ['a cute robot', 4],
      ['a cute fox', 2],
      ['a cute fox', 4],
    ],
  ]);
});

test('what is none is none; one whose axis names nothing any more has no cells', () => {
  expect(readGridRecipe(robotRecipe)).toBeNull();
  expect(readGridRecipe({ ...grid, version: 2 })).toBeNull();
  expect(cellsOfGrid({ ...grid, axes: [{ kind: 'sampler', text: 'Nobody' }] })).toBeNull();
  expect(() => readGridRecipe({ ...grid, base: {} })).toThrow();
});
