import { describe, expect, it } from 'vitest';
import { usualHires, type Hires } from '../domain/diffusion/edit/hires.ts';
import { settings, testEngine } from '../testing/engine-rig.ts';

const engine = testEngine();
const withHires = (change: Partial<Hires> = {}) => ({
  settings: { ...settings, hires: { ...usualHires, ...change } },
});

describe('a picture that is drawn over in a larger size', () => {
  it.each([[{ kind: 'latent' }], [{ kind: 'lanczos' }]] as const)('is so large, by %j', async (upscaler) => {
    const { images, events } = await engine.generate(withHires({ upscaler, scale: 1.5, steps: 2 }));
    expect([images[0]!.width, images[0]!.height]).toEqual([96, 96]);
    const steps = events.flatMap((event) => (event.phase === 'denoise' ? [event] : []));
    expect(steps.map(({ step, steps: of, call, calls }) => [step, of, call, calls])).toEqual(
      [1, 2, 3, 4, 5].map((step) => [step, 5, step, 5]),
    );
    expect(steps.map(({ preview }) => preview.width)).toEqual([8, 8, 8, 12, 12]);
  });

  it('says so with its settings, so that the recipe makes it again', async () => {
    const { events } = await engine.generate(withHires());
    const image = events.find((event) => event.phase === 'image')!;
    expect(image).toMatchObject({ settings: { width: 64, height: 64, hires: usualHires } });
  });

  it('with more strength is less the picture that it was', async () => {
    const draw = async (strength: number) =>
      (await engine.generate(withHires({ strength, scale: 1, upscaler: { kind: 'latent' } }))).images[0]!
        .data;
    const first = (await engine.generate({ settings })).images[0]!.data;
    const apart = (data: Uint8ClampedArray) =>
      data.reduce((sum, value, at) => sum + Math.abs(value - first[at]!), 0);
    expect(apart(await draw(0))).toBe(0);
    expect(apart(await draw(0.3))).toBeLessThan(apart(await draw(1)));
  });

  it.each([
    [{ scale: 9 }],
    [{ steps: 1.5 }],
    [{ strength: -1 }],
    [{ upscaler: { kind: 'network', name: 'none of this name' } }],
  ] as const)('is refused where it cannot be: %j', async (wrong) => {
    const field = 'hires';
    await expect(engine.generate(withHires(wrong))).rejects.toMatchObject({ code: 'bad-input', field });
  });

  it('has no second pass when it begins from another', async () => {
    const image = { width: 64, height: 64, data: new Uint8ClampedArray(64 * 64 * 4) };
    const call = engine.generate({ ...withHires(), source: { image, strength: 0.5 } });
    await expect(call).rejects.toMatchObject({ code: 'bad-input', field: 'hires' });
  });
});
