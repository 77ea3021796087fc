/** Flat and nearly flat sources through the built-in model's autoencoder: what comes back has their colours. */
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import type { RgbaImage } from '../../domain/diffusion/image/image.ts';
import { folderFiles } from '../../testing/folder-files.ts';
import { openModel, type Model } from '../model/model.ts';
import { loadTokenizer } from '../model/tokenizer.ts';
import { openRuntime } from '../runtime/ort.ts';
import { noExtras } from '../weights/no-extras.ts';
import { drawPicture, schedulerFor } from './picture.ts';

const side = 64;
let model: Model;

beforeAll(async () => {
  const files = folderFiles(join(import.meta.dirname, '../../../public/models/built-in'));
  model = await openModel({
    files,
    tokenizer: await loadTokenizer(files),
    extras: noExtras,
    mode: 'wasm',
    openRuntime: () => openRuntime('wasm', 1),
    onFailure: () => undefined,
  });
});

type Colour = readonly [red: number, green: number, blue: number];

function pictureOf(colourAt: (x: number, y: number) => Colour): RgbaImage {
  const data = new Uint8ClampedArray(4 * side * side).fill(255);
  for (let y = 0; y < side; y++) for (let x = 0; x < side; x++) data.set(colourAt(x, y), 4 * (y * side + x));
  return { width: side, height: side, data };
}

/** At strength 0 nothing is drawn: encoded and decoded again. */
async function throughAutoencoder(image: RgbaImage): Promise<RgbaImage> {
  const settings = {
    ...{ prompt: '', negativePrompt: '', steps: 2, guidanceScale: 1, seed: 1 },
    ...{ width: side, height: side, sampler: 'dpmpp-2m' as const },
  };
  const source = { image, strength: 0 };
  const request = { settings, scheduler: schedulerFor(model, settings), source, morph: undefined };
  const picture = await drawPicture(model, request, {
    signal: new AbortController().signal,
    tell: () => undefined,
    onEncode: () => undefined,
    onStep: () => undefined,
    onDecode: () => undefined,
    onTile: () => undefined,
  });
  return picture.image;
}

/** Of 255, the largest over all pixels but those at the border, where the decoder lacks surroundings. */
function worst(a: RgbaImage, b: RgbaImage): number {
  let most = 0;
  for (let y = 8; y < side - 8; y++)
    for (let x = 8; x < side - 8; x++)
      for (let channel = 0; channel < 3; channel++) {
        const at = 4 * (y * side + x) + channel;
        most = Math.max(most, Math.abs(a.data[at]! - b.data[at]!));
      }
  return most;
}

const flat = (colour: Colour) => pictureOf(() => colour);
const greys = [32, 64, 96, 110, 116, 120, 124, 127, 128, 129, 132, 136, 144, 160, 192, 224, 250];

it.each(greys)('grey %i stays grey', async (grey) => {
  const source = flat([grey, grey, grey]);
  expect(worst(await throughAutoencoder(source), source)).toBeLessThan(8);
});

it.each([
  ['dull red', [150, 110, 110]],
  ['dull green', [110, 140, 115]],
  ['dull blue', [112, 118, 150]],
  ['beige', [200, 180, 150]],
] as const)('a flat %s stays what it is', async (_name, colour) => {
  const source = flat(colour);
  expect(worst(await throughAutoencoder(source), source)).toBeLessThan(12);
});

it('a ramp of grey stays one, through the middle too', async () => {
  const ramp = pictureOf((x) => {
    const grey = Math.round(40 + (x / (side - 1)) * 180);
    return [grey, grey, grey];
  });
  expect(worst(await throughAutoencoder(ramp), ramp)).toBeLessThan(16);
});
