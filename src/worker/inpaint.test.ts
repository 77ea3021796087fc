import { describe, expect, it } from 'vitest';
import { usualInpainting, type Inpainting } from '../domain/diffusion/edit/inpainting.ts';
import { emptyMask } from '../domain/diffusion/edit/mask.ts';
import type { SourcePicture } from '../engine/protocol.ts';
import { settings, testEngine } from '../testing/engine-rig.ts';
import { inpaintingFiles } from '../testing/inpainting-miniature.ts';

const [width, height] = [150, 90];
const image = {
  width,
  height,
  data: Uint8ClampedArray.from({ length: width * height * 4 }, (_, at) =>
    at % 4 === 3 ? 255 : (at * 31) % 256,
  ),
};
const mask = emptyMask(width, height);
for (let row = 30; row < 62; row++) mask.data.fill(255, row * width + 40, row * width + 80);

const source = (how: Partial<Inpainting> = {}, strength = 0.7): SourcePicture => ({
  image,
  strength,
  inpaint: { ...usualInpainting, ...how, mask },
});

/** Bytes that changed where nothing was painted, and where something was. */
function changes(result: Uint8ClampedArray) {
  let [outside, inside] = [0, 0];
  result.forEach((value, at) => {
    if (value === image.data[at]) return;
    if (mask.data[at >> 2] === 0) outside += 1;
    else inside += 1;
  });
  return { outside, inside };
}

describe('a picture that is painted over', () => {
  const engine = testEngine();

  it.each([
    ['whole', 'original'],
    ['masked', 'original'],
    ['masked', 'fill'],
    ['whole', 'noise'],
  ] as const)('keeps its size, and every byte that was not painted: %s, %s', async (area, content) => {
    const { images } = await engine.generate({ settings, source: source({ area, content }) });
    expect([images[0]!.width, images[0]!.height]).toEqual([width, height]);
    const { outside, inside } = changes(images[0]!.data);
    expect(outside).toBe(0);
    expect(inside).toBeGreaterThan(1000);
  });

  it('begins from what lies under the mask, from its surroundings, or from noise', async () => {
    const draw = async (content: Inpainting['content']) =>
      (await engine.generate({ settings, source: source({ content }, 0.5) })).images[0]!.data.join();
    const drawn = [await draw('original'), await draw('fill'), await draw('noise')];
    expect(new Set(drawn).size).toBe(3);
  });

  it('has so many steps as its strength leaves, and previews of what is drawn', async () => {
    const { events } = await engine.generate({
      settings: { ...settings, steps: 4 },
      source: source({}, 0.5),
    });
    const steps = events.flatMap((event) => (event.phase === 'denoise' ? [event] : []));
    expect(steps.map(({ step, steps: of }) => [step, of])).toEqual([
      [1, 2],
      [2, 2],
    ]);
    expect([steps[0]!.preview.width, steps[0]!.preview.height]).toEqual([8, 8]);
  });

  it('is cancelled before its next step', async () => {
    const controller = new AbortController();
    let told = 0;
    const running = engine.generate(
      { settings: { ...settings, steps: 10 }, source: source() },
      {
        signal: controller.signal,
        onEvent: ({ phase }) => {
          if (phase === 'denoise' && ++told === 2) controller.abort(new DOMException('stop', 'AbortError'));
        },
      },
    );
    await expect(running).rejects.toMatchObject({ name: 'AbortError' });
    expect(told).toBe(2);
  });

  it.each([
    ['mask', { mask: emptyMask(width, height) }],
    ['mask', { mask: { ...mask, width: 90, height: 150 } }],
    ['paddingPx', { paddingPx: 1.5 }],
    ['featherPx', { featherPx: 1000 }],
  ])('is refused with the field that is wrong: %s', async (field, wrong) => {
    const wanted = { ...source(), inpaint: { ...usualInpainting, mask, ...wrong } };
    await expect(engine.generate({ settings, source: wanted })).rejects.toMatchObject({
      code: 'bad-input',
      field,
    });
  });
});

describe('an inpainting model', () => {
  const engine = testEngine({ openFiles: () => Promise.resolve(inpaintingFiles()) });

  it('draws from words alone, as if all were masked', async () => {
    const { images, events } = await engine.generate({ settings });
    expect([images[0]!.width, images[0]!.height]).toEqual([64, 64]);
    expect(events.filter(({ phase }) => phase === 'denoise').length).toBe(3);
  });

  it('begins from a picture too', async () => {
    const first = (await engine.generate({ settings })).images[0]!;
    const { images } = await engine.generate({ settings, source: { image: first, strength: 0.5 } });
    expect(images[0]!.data.join()).not.toBe(first.data.join());
  });

  it('paints over a part, and keeps the rest to the byte', async () => {
    const { images } = await engine.generate({ settings, source: source({ area: 'masked' }, 1) });
    const { outside, inside } = changes(images[0]!.data);
    expect(outside).toBe(0);
    expect(inside).toBeGreaterThan(1000);
  });
});
