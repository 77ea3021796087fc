import { expect, test } from 'vitest';
import { createPainting, nextSize, pressureOf, type PenPoint } from './painting.ts';

const at = (x: number, y: number, pressure = 1): PenPoint => ({ x, y, pressure });

const drawn = (painting: ReturnType<typeof createPainting>, path: readonly PenPoint[], opposite = false) => {
  painting.begin(path[0]!, opposite);
  path.slice(1).forEach(painting.go);
  painting.end();
};

test('each movement of the hand is one step, which tells how much changes and where', () => {
  const painting = createPainting(100, 50);
  painting.resize(10);
  drawn(painting, [at(20, 25), at(40, 25), at(60, 25)]);
  const { share, bounds, canUndo, canRedo } = painting.state.getState();
  expect(painting.steps()).toHaveLength(1);
  expect(share).toBeCloseTo((40 * 10 + Math.PI * 25) / 5000, 2);
  expect(bounds).toEqual({ left: 15, top: 20, right: 65, bottom: 30 });
  expect([canUndo, canRedo]).toEqual([true, false]);
  painting.undo();
  expect(painting.state.getState()).toMatchObject({ share: 0, bounds: null, canUndo: false, canRedo: true });
});

test('60 strokes are taken back one by one, and done again', () => {
  const painting = createPainting(64, 64);
  painting.resize(3);
  for (let row = 0; row < 60; row++) drawn(painting, [at(2, row + 2), at(60, row + 2)]);
  const all = painting.mask.data.join();
  for (let row = 0; row < 60; row++) painting.undo();
  expect(painting.state.getState()).toMatchObject({ share: 0, canUndo: false });
  for (let row = 0; row < 60; row++) painting.redo();
  expect(painting.mask.data.join() === all).toBe(true);
  expect(painting.state.getState().canRedo).toBe(false);
});

test('what a second finger interrupts has never been', () => {
  const painting = createPainting(40, 40);
  drawn(painting, [at(10, 10)]);
  const before = painting.mask.data.join();
  painting.begin(at(30, 30), false);
  painting.go(at(35, 35));
  painting.cancel();
  painting.end();
  expect(painting.mask.data.join() === before).toBe(true);
  expect(painting.steps()).toHaveLength(1);
});

test('the eraser takes away; with Alt the brush does, and the eraser paints', () => {
  const painting = createPainting(40, 40);
  painting.add({ kind: 'invert' });
  painting.choose('eraser');
  drawn(painting, [at(10, 10)]);
  expect(painting.mask.data[10 * 40 + 10]).toBe(0);
  drawn(painting, [at(10, 10)], true);
  expect(painting.mask.data[10 * 40 + 10]).toBe(255);
  painting.choose('brush');
  drawn(painting, [at(20, 20)], true);
  expect(painting.mask.data[20 * 40 + 20]).toBe(0);
});

test('a lasso shows its outline while it is drawn, and fills when it ends', () => {
  const painting = createPainting(40, 40);
  painting.choose('lasso');
  painting.begin(at(10, 10), false);
  painting.go(at(30, 10));
  painting.go(at(30, 30));
  expect(painting.state.getState()).toMatchObject({ outline: [10, 10, 30, 10, 30, 30], share: 0 });
  painting.end();
  expect(painting.state.getState().outline).toBeNull();
  expect(painting.state.getState().share).toBeCloseTo(200 / 1600, 1);
});

test('a press outside of the picture fills nothing', () => {
  const painting = createPainting(40, 40);
  painting.choose('fill');
  painting.begin(at(-3, 5), false);
  expect(painting.steps()).toEqual([]);
  painting.begin(at(3, 5), false);
  expect(painting.state.getState().share).toBe(1);
});

test('sizes grow and shrink by steps that one sees, within their bounds; a pen tells how hard it is pressed', () => {
  expect([nextSize(1, -1, 200), nextSize(1, 1, 200), nextSize(100, 1, 200), nextSize(195, 1, 200)]).toEqual([
    ...[1, 2, 115, 200],
  ]);
  expect([pressureOf('mouse', 0.5), pressureOf('pen', 0), pressureOf('pen', 1)]).toEqual([1, 0.25, 1]);
});
