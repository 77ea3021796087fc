import { expect, test } from 'vitest';
import { hiresPass, resizedLatents } from './hires-pass.ts';
import { usualHires } from './hires.ts';

const settings = { width: 512, height: 384, steps: 20 };

test('a second pass draws as many steps as are asked for, the last of a longer run: as the web UI does', () => {
  expect(hiresPass(settings, usualHires, 64)).toEqual({ width: 1024, height: 768, steps: 20, of: 28 });
  expect(hiresPass(settings, { ...usualHires, steps: 10, strength: 0.5 }, 64)).toMatchObject({
    steps: 10,
    of: 20,
  });
  expect(hiresPass(settings, { ...usualHires, strength: 1 }, 64)).toMatchObject({ steps: 20, of: 20 });
  expect(hiresPass(settings, { ...usualHires, strength: 0 }, 64)).toMatchObject({ steps: 0, of: 1 });
  expect(hiresPass(settings, { ...usualHires, strength: 0.001 }, 64)).toMatchObject({ steps: 20, of: 1000 });
});

test('its sides are multiples that the model takes', () => {
  expect(hiresPass(settings, { ...usualHires, scale: 1.3 }, 64)).toMatchObject({ width: 640, height: 512 });
  expect(hiresPass(settings, { ...usualHires, scale: 1 }, 64)).toMatchObject({ width: 512, height: 384 });
});

test('latents are enlarged as torch’s bilinear interpolate does it', () => {
  // torch.nn.functional.interpolate(torch.tensor([[[[0., 1.], [2., 5.]]]]), size=(4, 3), mode='bilinear')
  const expected = [0, 0.5, 1, 0.5, 1.25, 2, 1.5, 2.75, 4, 2, 3.5, 5];
  const enlarged = resizedLatents(Float32Array.of(0, 1, 2, 5), [1, 2, 2], { height: 4, width: 3 });
  enlarged.forEach((value, at) => expect(value).toBeCloseTo(expected[at]!, 6));
});
