import { describe, expect, it } from 'vitest';
import { resized } from '../domain/diffusion/image/resize.ts';
import type { RgbaImage } from '../domain/diffusion/image/image.ts';
import type { EnlargeBy, EnlargeEvent, EnlargeParams } from '../engine/protocol.ts';
import { maxDifference } from '../testing/closeness.ts';
import { miniature, settings, testEngine } from '../testing/engine-rig.ts';
import { goldenJson, goldenTensors } from '../testing/golden.ts';
import { weightForms } from '../testing/mapped-files.ts';

const engine = testEngine();
const never = new AbortController().signal;

/** The rows put together, and what was told. */
interface Options {
  readonly on?: typeof engine;
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: EnlargeEvent) => void;
}

async function enlarge(params: EnlargeParams, { on = engine, signal = never, onEvent }: Options = {}) {
  const [width, height] = [params.image.width * params.scale, params.image.height * params.scale];
  const data = new Uint8ClampedArray(width * height * 4);
  const events: EnlargeEvent[] = [];
  let nextRow = 0;
  const emit = (event: EnlargeEvent) => {
    onEvent?.(event);
    events.push(event);
    if (event.phase !== 'rows') return;
    expect([event.top, event.rows.width]).toEqual([nextRow, width]);
    data.set(event.rows.data, event.top * width * 4);
    nextRow += event.rows.height;
  };
  const result = await on.handlers.enlarge(params, { signal, emit });
  expect([nextRow, result.width, result.height]).toEqual([height, width, height]);
  return { image: { width, height, data }, result, events };
}

const picture = (
  width: number,
  height: number,
  color: (x: number, y: number) => readonly number[],
): RgbaImage => {
  const data = new Uint8ClampedArray(width * height * 4);
  for (let at = 0; at < width * height; at++)
    data.set([...color(at % width, Math.floor(at / width)), 255], at * 4);
  return { width, height, data };
};
const flat = (width: number, height: number) => picture(width, height, () => [90, 140, 200]);
const gradient = (width: number, height: number) =>
  picture(width, height, (x, y) => [(255 * x) / width, (255 * y) / height, 128]);
const textured = (width: number, height: number) =>
  picture(width, height, (x, y) => [128 + 90 * Math.sin(x / 3), 128 + 90 * Math.cos(y / 4), (x * y) % 256]);

const detail = (tile: number, strength: number, steps = 4): EnlargeBy => ({
  how: 'detail',
  model: miniature,
  backend: 'auto',
  settings: { ...settings, steps, width: tile, height: tile },
  strength,
  overlapPx: 32,
});

describe('by the filter', () => {
  it('a picture is what the filter makes of the whole', async () => {
    const image = textured(301, 203);
    const { image: large, result } = await enlarge({ image, scale: 4, by: { how: 'filter' } });
    expect(Buffer.from(large.data).equals(Buffer.from(resized(image, 1204, 812).data))).toBe(true);
    expect(result.backend).toBeNull();
  });

  it('no side becomes longer than what is kept of a large picture', async () => {
    const call = enlarge({ image: flat(1025, 8), scale: 4, by: { how: 'filter' } });
    await expect(call).rejects.toMatchObject({ code: 'bad-input', field: 'image' });
  });
});

describe('with detail', () => {
  it('the sizes need no multiple, and tiles of each stage are counted', async () => {
    const { events } = await enlarge({ image: textured(75, 51), scale: 2, by: detail(96, 0.5) });
    const told = events.flatMap((event) => (event.phase === 'tiles' ? [event] : []));
    for (const stage of ['encode', 'denoise', 'decode'] as const) {
      const own = told.filter((event) => event.stage === stage);
      expect(own.map(({ done }) => done)).toEqual(own.map((_, at) => at + 1));
      expect(own.at(-1)!.done).toBe(own.at(-1)!.total);
    }
    expect(told.filter(({ stage }) => stage === 'denoise').length).toBe(2 * 2 * 2);
  });

  it('a picture that is smaller than a tile is drawn too', async () => {
    const { image } = await enlarge({ image: gradient(20, 30), scale: 2, by: detail(96, 0.5) });
    expect([image.width, image.height]).toEqual([40, 60]);
  });

  it('the same settings make the same picture, another seed another', async () => {
    const by = detail(96, 0.5);
    const other = { ...by, settings: { ...settings, width: 96, height: 96, seed: 9 } } as EnlargeBy;
    const draw = async (how: EnlargeBy) =>
      (await enlarge({ image: textured(70, 70), scale: 2, by: how })).image.data;
    const [first, again, another] = [await draw(by), await draw(by), await draw(other)];
    expect(Buffer.from(first).equals(Buffer.from(again))).toBe(true);
    expect(maxDifference(first, another)).toBeGreaterThan(5);
  });

  it('it is cancelled within a step, between two tiles', async () => {
    const controller = new AbortController();
    let told = 0;
    const onEvent = (event: EnlargeEvent) => {
      if (event.phase !== 'tiles' || event.stage !== 'denoise') return;
      told += 1;
      if (told === 2) controller.abort(new DOMException('stop', 'AbortError'));
    };
    const params = { image: textured(128, 128), scale: 2, by: detail(96, 1) } as const;
    await expect(enlarge(params, { signal: controller.signal, onEvent })).rejects.toMatchObject({
      name: 'AbortError',
    });
    expect(told).toBe(2);
  });

  it.each([
    ['width', { settings: { ...settings, width: 100, height: 96 } }],
    ['strength', { strength: 2 }],
    ['overlapPx', { overlapPx: -1 }],
  ])('what cannot be is refused with its field: %s', async (field, wrong) => {
    const by = { ...detail(96, 0.5), ...wrong } as EnlargeBy;
    await expect(enlarge({ image: flat(64, 64), scale: 2, by })).rejects.toMatchObject({
      code: 'bad-input',
      field,
    });
  });
});

/** Mean difference of neighbours across the places, over that of all the others along the same lines. */
function stepAcross({ width, height, data }: RgbaImage, columns: readonly number[]): number {
  const sums = { seam: 0, other: 0, seams: 0, others: 0 };
  for (let y = 0; y < height; y++) {
    for (let x = 1; x < width; x++) {
      const at = (y * width + x) * 4;
      let apart = 0;
      for (let color = at; color < at + 3; color++) apart += Math.abs(data[color]! - data[color - 4]!);
      const isSeam = columns.includes(x);
      sums[isSeam ? 'seam' : 'other'] += apart;
      sums[isSeam ? 'seams' : 'others'] += 1;
    }
  }
  return sums.seam / sums.seams / (sums.other / sums.others);
}

/** 10 · log₁₀(255² / mean square error), in a band of columns. */
function bandPsnr(a: RgbaImage, b: RgbaImage, from: number, to: number): number {
  let [squares, count] = [0, 0];
  for (let y = 0; y < a.height; y++)
    for (let at = (y * a.width + from) * 4; at < (y * a.width + to) * 4; at++) {
      squares += (a.data[at]! - b.data[at]!) ** 2;
      count += 1;
    }
  return 10 * Math.log10(255 ** 2 / (squares / count));
}

describe.each([
  ['flat', flat],
  ['gradient', gradient],
  ['textured', textured],
] as const)('no seam shows in a %s picture', (_name, draw) => {
  it('where tiles of the model meet', async () => {
    const { image } = await enlarge({ image: draw(144, 96), scale: 2, by: detail(96, 0.75) });
    // Tiles of 96 over 288: they begin at 0, 64, 128, 192 and end 96 later.
    const seams = [64, 96, 128, 160, 192, 224];
    expect(stepAcross(image, seams)).toBeLessThan(1.3);
  });

  it('where tiles of the autoencoder meet: it is what the whole decoder makes', async () => {
    const image = draw(352, 64);
    const whole = await engine.generate({
      settings: { ...settings, width: 704, height: 128, steps: 4 },
      source: { image: resized(image, 704, 128), strength: 0 },
    });
    const tiled = await enlarge({ image, scale: 2, by: detail(128, 0) });
    // Two tiles of 48 latent pixels: 320 to 384 is where both are seen.
    const seam = bandPsnr(tiled.image, whole.images[0]!, 272, 432);
    const away = bandPsnr(tiled.image, whole.images[0]!, 32, 192);
    expect(seam).toBeGreaterThan(away - 3);
    // The model's own grid shows in the whole picture as well; two columns of noise differ by a third.
    const [ours, theirs] = [tiled.image, whole.images[0]!].map((each) => stepAcross(each, [320, 384]));
    expect(ours! / theirs!, `${ours} beside ${theirs}`).toBeLessThan(1.5);
  });
});

interface TileCase {
  readonly key: string;
  readonly tile: number;
  readonly overlap: number;
  readonly scale: 2;
  readonly prompt: string;
  readonly steps: number;
  readonly strength: number;
  readonly guidance_scale: number;
  readonly seed: number;
}

describe('tiles follow the reference', () => {
  const arrays = goldenTensors('tiles.safetensors');
  const imageOf = (key: string) => {
    const { data, shape } = arrays.get(key)!;
    const [, height = 0, width = 0] = shape;
    const size = width * height;
    return picture(width, height, (x, y) => [0, 1, 2].map((color) => data[color * size + y * width + x]!));
  };
  const files = testEngine({ openFiles: () => Promise.resolve(weightForms.safetensors()) });

  it('the filter is Pillow’s', () => {
    expect(
      maxDifference(resized(imageOf('source'), 256, 160).data, imageOf('large').data),
    ).toBeLessThanOrEqual(1);
  });

  for (const golden of goldenJson<readonly TileCase[]>('tiles.json'))
    it(golden.key, async () => {
      const { tile, overlap, steps, strength, seed, prompt, guidance_scale: guidanceScale } = golden;
      const sampler = golden.key === 'euler' ? ('euler' as const) : ('model' as const);
      const by: EnlargeBy = {
        how: 'detail',
        model: miniature,
        backend: 'auto',
        settings: {
          prompt,
          negativePrompt: '',
          steps,
          seed,
          guidanceScale,
          sampler,
          width: tile,
          height: tile,
        },
        strength,
        overlapPx: overlap,
      };
      const { image } = await enlarge({ image: imageOf('source'), scale: golden.scale, by }, { on: files });
      expect(maxDifference(image.data, imageOf(`${golden.key}/image`).data)).toBeLessThanOrEqual(3);
    });
});
