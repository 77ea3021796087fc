/** Against Pillow's own blurs, laid over each other: far from what is known its eight bits leave steps, which floats do not have. */
import { expect, test } from 'vitest';
import { goldenTensors } from '../../../testing/golden.ts';
import type { RgbaImage } from '../image/image.ts';
import { filledUnder } from './fill.ts';
import type { Mask } from './inpainting.ts';

const arrays = goldenTensors('inpaint.safetensors');

function imageOf(key: string): RgbaImage {
  const { data: planes, shape } = arrays.get(key)!;
  const [, height = 0, width = 0] = shape;
  const size = width * height;
  const data = new Uint8ClampedArray(4 * size).fill(255);
  for (let at = 0; at < 3 * size; at++) data[(at % size) * 4 + Math.floor(at / size)] = planes[at]!;
  return { width, height, data };
}

test.each(['blocks', 'disc'])('what is filled under the mask %s is what the web UI fills there', (name) => {
  const { data, shape } = arrays.get(`mask/${name}`)!;
  const mask: Mask = { width: shape[1]!, height: shape[0]!, data: Uint8Array.from(data) };
  const [ours, theirs] = [filledUnder(imageOf('source'), mask), imageOf(`fill/${name}`)];
  const apart = [...ours.data].map((value, at) => Math.abs(value - theirs.data[at]!));
  const outside = apart.filter((_, at) => mask.data[at >> 2] === 0);
  expect(Math.max(...outside)).toBe(0);
  expect(Math.max(...apart)).toBeLessThanOrEqual(6);
  expect(apart.reduce((sum, each) => sum + each, 0) / apart.length).toBeLessThan(0.5);
});

test('where nothing is left to take colours from, it is grey', () => {
  const white = { width: 8, height: 8, data: new Uint8ClampedArray(256).fill(255) };
  const all = { width: 8, height: 8, data: new Uint8Array(64).fill(255) };
  const { data } = filledUnder(white, all);
  expect([...data.subarray(0, 4)]).toEqual([127, 127, 127, 255]);
});
