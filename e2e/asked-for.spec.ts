/** The picture is what was asked: place and light show in simple colour statistics. */
import { luminance, meanColour, type Pixels } from './pixels.ts';
import { expect, sharedApp, test } from './test.ts';

const settings = { steps: 15, seed: 1 };

const app = sharedApp();

async function pair(first: string, second: string): Promise<[Pixels, Pixels]> {
  const one = await app().picture({ ...settings, prompt: first });
  return [one, await app().picture({ ...settings, prompt: second })];
}

/** How much more red than blue, 0 … 1: the warmth of the light. */
function warmth(pixels: Pixels, from?: number, to?: number): number {
  const { red, blue } = meanColour(pixels, from, to);
  return red - blue;
}

test('night is darker than noon', async () => {
  const [night, noon] = await pair('a forest at night', 'a forest at noon');
  expect(luminance(night)).toBeLessThan(0.7 * luminance(noon));
});

test('underwater is blue, a desert is not', async () => {
  const [sea, desert] = await pair('a yellow fish underwater', 'a cactus in a desert at noon');
  expect(warmth(sea)).toBeLessThan(-0.1);
  expect(warmth(desert, 0.6)).toBeGreaterThan(0);
});

test('a desert at sunset is warm, at night it is cold', async () => {
  const [sunset, night] = await pair('a desert at sunset', 'a desert at night');
  expect(warmth(sunset)).toBeGreaterThan(0.1);
  expect(warmth(night)).toBeLessThan(0.05);
});

test('a plain blue background is blue and a plain yellow one is yellow', async () => {
  const [blue, yellow] = await pair(
    'a red apple on a plain blue background',
    'a red apple on a plain yellow background',
  );
  expect(warmth(blue, 0, 0.25)).toBeLessThan(-0.2);
  expect(warmth(yellow, 0, 0.25)).toBeGreaterThan(0.2);
});

test('the sky over a beach is blue at noon and red at sunset', async () => {
  const [noon, sunset] = await pair('a calm beach at noon', 'a calm beach at sunset');
  expect(warmth(noon, 0, 0.3)).toBeLessThan(-0.1);
  expect(warmth(sunset, 0, 0.3)).toBeGreaterThan(0.1);
});

test('snow is bright on the ground, a forest floor is not', async () => {
  const [snow, forest] = await pair('a house in the snow at noon', 'a forest at noon');
  const ground = (pixels: Pixels) => meanColour(pixels, 0.75).blue;
  expect(ground(snow)).toBeGreaterThan(ground(forest) + 0.15);
});
