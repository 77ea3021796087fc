import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { RgbaImage } from '../image/image.ts';
import { canvasFor } from './canvas.ts';
import { distancesToZero } from './distance.ts';
import { inpaintAreas, maskedContents, type Mask } from './inpainting.ts';
import { emptyMask, featheredMask, latentMask, resizedMask } from './mask.ts';
import { boxAround, drawnRegion } from './region.ts';

const anySize = fc.record({
  width: fc.integer({ min: 1, max: 40 }),
  height: fc.integer({ min: 1, max: 40 }),
});

const anyMask: fc.Arbitrary<Mask> = anySize.chain(({ width, height }) =>
  fc.uint8Array({ minLength: width * height, maxLength: width * height }).chain((bytes) =>
    fc.constantFrom(0, 128, 250).map((from) => ({
      width,
      height,
      data: Uint8Array.from(bytes, (value) => (value < from ? 0 : value)),
    })),
  ),
);

function withBox(width: number, height: number, [left, top, right, bottom]: readonly number[]): Mask {
  const mask = emptyMask(width, height);
  for (let y = top!; y < bottom!; y++) mask.data.fill(255, y * width + left!, y * width + right!);
  return mask;
}

function textured(width: number, height: number): RgbaImage {
  const data = Uint8ClampedArray.from(
    { length: width * height * 4 },
    (_, at) => (at * 7919 + (at >> 5)) % 256,
  );
  return { width, height, data };
}

describe('distances', () => {
  test('are those that are found by looking at every pixel', () => {
    fc.assert(
      fc.property(anyMask, (mask) => {
        const found = distancesToZero(mask);
        const zeros = [...mask.data].flatMap((value, at) =>
          value === 0 ? [[at % mask.width, Math.floor(at / mask.width)] as const] : [],
        );
        mask.data.forEach((_, at) => {
          const [x, y] = [at % mask.width, Math.floor(at / mask.width)];
          const nearest = Math.min(...zeros.map(([zx, zy]) => Math.hypot(zx - x, zy - y)));
          expect(found[at]).toBeCloseTo(nearest, 3);
        });
      }),
      { numRuns: 60 },
    );
  });
});

describe('a mask', () => {
  test('loses no stroke when it becomes smaller, and is itself at its own size', () => {
    fc.assert(
      fc.property(anyMask, anySize, (mask, { width, height }) => {
        expect(resizedMask(mask, mask.width, mask.height)).toEqual(mask);
        const small = resizedMask(mask, width, height);
        expect(Math.max(...small.data)).toBe(Math.max(...mask.data));
      }),
    );
  });

  test('one painted pixel is enough for its latent pixel', () => {
    const mask = withBox(32, 16, [15, 9, 17, 10]);
    expect([...latentMask(mask, 2, 4)]).toEqual([0, 0, 0, 0, 0, 1, 1, 0]);
  });

  test('softened, is 0 where it was 0, nowhere more than it was, and whole in its depth', () => {
    fc.assert(
      fc.property(anyMask, fc.integer({ min: 0, max: 20 }), (mask, feather) => {
        const soft = featheredMask(mask, feather);
        mask.data.forEach((value, at) => expect(soft.data[at]).toBeLessThanOrEqual(value));
      }),
    );
    const soft = featheredMask(withBox(64, 64, [16, 16, 48, 48]), 3);
    const row = [...soft.data.subarray(32 * 64 + 14, 32 * 64 + 22)];
    expect(row).toEqual([0, 0, 64, 128, 191, 255, 255, 255]);
  });

  test('goes over in half of its width where it is narrow', () => {
    const soft = featheredMask(withBox(64, 64, [30, 0, 34, 64]), 20);
    expect(Math.max(...soft.data)).toBe(255);
  });

  test('is whole at the picture’s own edge: there is nothing to go over to', () => {
    const soft = featheredMask(withBox(20, 20, [0, 0, 10, 20]), 4);
    expect(soft.data[0]).toBe(255);
    expect(soft.data[9]).toBeLessThan(60);
  });
});

describe('what is drawn', () => {
  test('holds the mask’s box and lies in the picture, whatever the shape', () => {
    const anyDrawn = fc.record({
      width: fc.integer({ min: 8, max: 99 }),
      height: fc.integer({ min: 8, max: 99 }),
    });
    fc.assert(
      fc.property(anyMask, anyDrawn, fc.nat({ max: 30 }), (mask, drawn, paddingPx) => {
        const region = drawnRegion(mask, { area: 'masked', paddingPx }, drawn);
        const box = boxAround(mask) ?? { left: 0, top: 0, width: mask.width, height: mask.height };
        expect(region.left).toBeGreaterThanOrEqual(0);
        expect(region.top).toBeGreaterThanOrEqual(0);
        expect(region.left + region.width).toBeLessThanOrEqual(mask.width);
        expect(region.top + region.height).toBeLessThanOrEqual(mask.height);
        expect(region.left).toBeLessThanOrEqual(box.left);
        expect(region.top).toBeLessThanOrEqual(box.top);
        expect(region.left + region.width).toBeGreaterThanOrEqual(box.left + box.width);
        expect(region.top + region.height).toBeGreaterThanOrEqual(box.top + box.height);
      }),
    );
  });

  test('has padding around it and the wanted shape, moved inwards at an edge', () => {
    const size = { width: 64, height: 64 };
    const inside = withBox(200, 100, [90, 40, 110, 50]);
    expect(drawnRegion(inside, { area: 'masked', paddingPx: 10 }, size)).toEqual({
      left: 80,
      top: 25,
      width: 40,
      height: 40,
    });
    const atEdge = withBox(200, 100, [180, 0, 200, 10]);
    expect(drawnRegion(atEdge, { area: 'masked', paddingPx: 10 }, size)).toEqual({
      left: 170,
      top: 0,
      width: 30,
      height: 30,
    });
    expect(drawnRegion(inside, { area: 'whole', paddingPx: 10 }, size)).toMatchObject({
      width: 200,
      height: 100,
    });
  });
});

describe('a canvas', () => {
  const anyInpainting = fc.record({
    content: fc.constantFrom(...maskedContents),
    area: fc.constantFrom(...inpaintAreas),
    paddingPx: fc.nat({ max: 20 }),
    featherPx: fc.nat({ max: 12 }),
  });
  const drawnSize = fc.record({ width: fc.constantFrom(16, 24, 64), height: fc.constantFrom(16, 32, 48) });

  test('gives back every byte outside the mask, whatever was drawn', () => {
    fc.assert(
      fc.property(anyMask, anyInpainting, drawnSize, (mask, inpainting, size) => {
        const picture = textured(mask.width, mask.height);
        const canvas = canvasFor(picture, mask, inpainting, size);
        expect([canvas.image.width, canvas.image.height]).toEqual([size.width, size.height]);
        expect(canvas.mask.data.length).toBe(size.width * size.height);
        const red = new Uint8ClampedArray(size.width * size.height * 4).map(
          (_, at) => [255, 0, 0, 255][at % 4]!,
        );
        const { data } = canvas.finished({ ...size, data: red });
        for (let at = 0; at < data.length; at++)
          if (mask.data[at >> 2] === 0 && data[at] !== picture.data[at])
            throw new Error(`byte ${at} changed`);
      }),
    );
  });

  test('of the drawn size is the picture itself, and what is drawn comes back as it is', () => {
    const picture = textured(64, 48);
    const mask = withBox(64, 48, [8, 8, 40, 30]);
    const canvas = canvasFor(
      picture,
      mask,
      { content: 'original', area: 'whole', paddingPx: 0, featherPx: 0 },
      picture,
    );
    expect(canvas.image.data).toEqual(picture.data);
    expect(canvas.mask).toEqual(mask);
    const drawn = { ...picture, data: picture.data.map((value) => 255 - value) };
    const { data } = canvas.finished(drawn);
    data.forEach((value, at) => {
      expect(value).toBe((mask.data[at >> 2] === 255 ? drawn : picture).data[at]);
    });
  });

  test('enlarges only what lies around the mask, which is then in the middle of what is drawn', () => {
    const picture = textured(256, 256);
    const mask = withBox(256, 256, [100, 100, 132, 132]);
    const size = { width: 128, height: 128 };
    const canvas = canvasFor(
      picture,
      mask,
      { content: 'fill', area: 'masked', paddingPx: 16, featherPx: 0 },
      size,
    );
    expect(boxAround(canvas.mask)).toEqual({ left: 32, top: 32, width: 64, height: 64 });
  });

  test('of another shape lies in the middle, unmasked beside it', () => {
    const picture = textured(100, 50);
    const mask = withBox(100, 50, [0, 0, 100, 50]);
    const canvas = canvasFor(
      picture,
      mask,
      { content: 'original', area: 'whole', paddingPx: 0, featherPx: 0 },
      { width: 64, height: 64 },
    );
    expect(boxAround(canvas.mask)).toEqual({ left: 0, top: 16, width: 64, height: 32 });
  });
});
