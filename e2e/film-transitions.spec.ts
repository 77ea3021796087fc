/** Every transition is drawn alike in the player and in the file. */
import type { Page } from '@playwright/test';
import { FilmApp } from './film-app.ts';
import { decodedFrame, mixed, psnr, still } from './film-file.ts';
import type { Pixels } from './pixels.ts';
import { expect, test } from './test.ts';

let film: FilmApp;

test.beforeEach(async ({ page }) => {
  film = new FilmApp(page);
  await film.open();
});

/** Scene by scene: a morph needs pictures of the model's and is looked at in film.spec.ts. */
const transitions = [
  'Cut',
  'Cross-fade',
  'Fade through black',
  'Fade through white',
  'Slide',
  'Wipe',
  'Zoom',
  'Dissolve',
] as const;
type TransitionName = (typeof transitions)[number];

const size = { width: 128, height: 96 };
/** Frames of a scene and of a transition. */
const [sceneFrames, between] = [12, 5];

/** No encoder keeps pure colours and hard edges side by side: those would measure the encoder. */
const muted = 'format=yuv420p,hue=s=0.2,lutyuv=y=val/2+64';

test('half-way through, every transition looks in the file as in the player and as its name says', async ({
  page,
}, testInfo) => {
  const pictures = ['testsrc2', 'rgbtestsrc'].map((pattern) => still(pattern, size, muted));
  await film.ownPictures([...transitions.map((_, index) => pictures[index % 2]!), pictures[0]!]);
  await film.want({ Width: size.width, Height: size.height });
  await film.want({ 'Scene length (seconds)': sceneFrames / 24, 'Transition frames': between });
  for (const [index, name] of transitions.entries()) await chooseTransition(page, index + 1, name);
  const moments = halfWays();
  const shown: Pixels[] = [];
  for (const { frame } of moments) shown.push(await film.playerFrame(frame));

  for (const encoder of [undefined, 'ffmpeg'] as const) {
    const { path } = await film.exportAs('MP4', encoder);
    await testInfo.attach(encoder ?? 'WebCodecs', { path });
    for (const [index, { name, frame, before, after }] of moments.entries()) {
      const [from, middle, to] = [before, frame, after].map((each) => decodedFrame(path, each, size));
      const words = `${name}, ${encoder ?? 'WebCodecs'}: the player against the file`;
      // Two-pixel cells are noise to an encoder; any other cells than these would be far below.
      expect.soft(psnr(shown[index]!, middle!), words).toBeGreaterThan(name === 'Dissolve' ? 25 : 30);
      expectHalfWay(name, middle!, from!, to!);
    }
  }
});

/** The middle frame of each transition, and a frame of each of its scenes. */
function halfWays() {
  let start = sceneFrames;
  return transitions.map((name) => {
    const frames = name === 'Cut' ? 0 : between;
    const moment = {
      name,
      frame: start + Math.floor(frames / 2),
      before: start - 4,
      after: start + frames + 4,
    };
    start += frames + sceneFrames;
    return moment;
  });
}

async function chooseTransition(page: Page, from: number, name: TransitionName): Promise<void> {
  await film.button(new RegExp(`^Transition from scene ${from} to`)).click();
  await film.choose('Transition', name, page.getByRole('dialog'));
  await page.keyboard.press('Escape');
}

/** What the middle frame must be, worked out from the two scenes' pixels and without the compositor. */
const middles: Record<Exclude<TransitionName, 'Zoom' | 'Dissolve'>, (from: Pixels, to: Pixels) => Pixels> = {
  Cut: (_, to) => to,
  'Cross-fade': (from, to) => mixed(from, to, 0.5),
  'Fade through black': (from) => plain(from, 0),
  'Fade through white': (from) => plain(from, 255),
  Slide: (from, to) => columns(from, (x) => (x < half ? [from, x + half] : [to, x - half])),
  Wipe: (from, to) => columns(from, (x) => [x < half ? to : from, x]),
};
const half = size.width / 2;

function expectHalfWay(name: TransitionName, middle: Pixels, from: Pixels, to: Pixels): void {
  if (name === 'Zoom') return expectZoom(middle, from, to);
  if (name === 'Dissolve') return expectDissolve(middle, from, to);
  // Both pictures have sharp edges, which no film keeps to the last bit.
  expect.soft(psnr(middle, middles[name](from, to)), `${name}: half-way`).toBeGreaterThan(25);
}

/** Both enlarged by a quarter about the middle, and mixed. */
function expectZoom(middle: Pixels, from: Pixels, to: Pixels): void {
  const nearer = (pixels: Pixels) =>
    mapped(pixels, (x, y) => [pixels, centred(x, half), centred(y, size.height / 2)]);
  const centred = (at: number, centre: number) => Math.floor(centre + (at + 0.5 - centre) / 1.25);
  const expected = mixed(nearer(from), nearer(to), 0.5);
  const plainly = mixed(from, to, 0.5);
  expect.soft(psnr(middle, expected), 'Zoom: half-way').toBeGreaterThan(psnr(middle, plainly) + 3);
  expect.soft(psnr(middle, expected), 'Zoom: half-way').toBeGreaterThan(18);
}

/** About half of it is one picture, the rest the other. */
function expectDissolve(middle: Pixels, from: Pixels, to: Pixels): void {
  let [nearFrom, nearTo] = [0, 0];
  for (let pixel = 0; pixel < size.width * size.height; pixel++) {
    const [toFrom, toTo] = [far(middle, from, pixel), far(middle, to, pixel)];
    if (far(from, to, pixel) < 60) continue;
    if (toFrom < toTo) nearFrom++;
    else nearTo++;
  }
  expect.soft(nearTo / (nearFrom + nearTo), 'Dissolve: share of the second picture').toBeGreaterThan(0.4);
  expect.soft(nearTo / (nearFrom + nearTo), 'Dissolve: share of the second picture').toBeLessThan(0.6);
  const mix = psnr(middle, mixed(from, to, 0.5));
  expect.soft(mix, 'Dissolve: no cross-fade').toBeLessThan(22);
}

/** Sum of the differences of the three channels. */
const far = (a: Pixels, b: Pixels, pixel: number) =>
  [0, 1, 2].reduce(
    (sum, channel) => sum + Math.abs(a.data[pixel * 4 + channel]! - b.data[pixel * 4 + channel]!),
    0,
  );

const plain = (like: Pixels, level: number): Pixels => ({
  ...like,
  data: like.data.map((_, i) => (i % 4 === 3 ? 255 : level)),
});

const columns = (like: Pixels, from: (x: number) => readonly [Pixels, number]) =>
  mapped(like, (x, y) => [...from(x), y]);

/** A picture whose every pixel is taken from another. */
function mapped(
  { width, height }: Pixels,
  from: (x: number, y: number) => readonly [Pixels, number, number],
): Pixels {
  const data = new Uint8Array(width * height * 4);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [source, sourceX, sourceY] = from(x, y);
      const at = (sourceY * width + sourceX) * 4;
      data.set(source.data.subarray(at, at + 4), (y * width + x) * 4);
    }
  }
  return { width, height, data };
}
