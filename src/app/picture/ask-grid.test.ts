import { expect, test } from 'vitest';
import { openApiPage } from '../../testing/api-page.ts';
import { timingKey } from '../making/timings.ts';
import { askGrid, planGrid } from './ask-grid.ts';

function open() {
  const { app } = openApiPage();
  app.actions.edit({ prompt: 'a calm beach at sunset', seed: 7, seedLocked: true });
  return { app, state: () => app.store.getState() };
}

test('what was written becomes one job of all cells, with the seed that is kept', () => {
  const { app, state } = open();
  const axes = [
    { kind: 'steps', text: '2, 4-6' },
    { kind: 'prompt', text: 'sunset, night' },
  ] as const;
  expect(planGrid(state(), axes)).toMatchObject({
    ...{ columns: 4, rows: 2, problems: [null, null], tooMany: false, draftWrong: false },
  });
  expect(askGrid(app.context, axes)).toBe(true);
  expect(state().queue.entries.map(({ job }) => job)).toMatchObject([
    { kind: 'picture', count: 8, made: 0, grid: axes, settings: { seed: 7 } },
  ]);
});

test('how long it takes is told from what this device was measured at, cell by cell', () => {
  const { app, state } = open();
  const axes = [{ kind: 'steps', text: '2, 4' }] as const;
  expect(planGrid(state(), axes).seconds).toBeNull();
  const { draft, models } = state();
  const key = timingKey(models[0]!.ref, 'wasm', draft);
  app.store.setState({ timings: { [key]: { stepMs: 1000, decodeMs: 500 } } });
  expect(planGrid(state(), axes).seconds).toBeCloseTo(2 + 4 + 2 * 0.5);
});

test('nothing is asked for while anything is wrong', () => {
  const { app, state } = open();
  const wrong = [
    [{ kind: 'steps', text: '0' }],
    [{ kind: 'seed', text: '1-65' }],
    [{ kind: 'prompt', text: 'cat, dog' }],
  ] as const;
  for (const axes of wrong) expect(askGrid(app.context, axes)).toBe(false);
  expect(planGrid(state(), wrong[1]).tooMany).toBe(true);
  app.actions.edit({ prompt: '' });
  expect(askGrid(app.context, [{ kind: 'steps', text: '2' }])).toBe(false);
  expect(state().queue.entries).toEqual([]);
});
