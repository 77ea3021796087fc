import { expect, it } from 'vitest';
import { skippedLayers } from '../../domain/compile/clip-text.ts';
import { settings, testEngine } from '../../testing/engine-rig.ts';

it('counts from 1, as AUTOMATIC1111 does, and from OpenCLIP’s own last layer, which Stable Diffusion 2 never uses', () => {
  const skipped = (act: string) =>
    [1, 2, 3, 12].map((clipSkip) => skippedLayers({ hidden_act: act }, clipSkip));
  expect(skipped('quick_gelu')).toEqual([0, 1, 2, 11]);
  expect(skipped('gelu')).toEqual([0, 0, 1, 10]);
});

it('with finished graphs all layers count: it is told, and the picture does not claim otherwise', async () => {
  const engine = testEngine();
  const plain = await engine.generate({ settings });
  const { events, images } = await engine.generate({ settings: { ...settings, clipSkip: 2 } });
  const notices = events.flatMap((event) => (event.phase === 'notice' ? [event.notice] : []));
  expect(notices).toEqual([{ kind: 'all-layers', clipSkip: 2 }]);
  const picture = events.find((event) => event.phase === 'image');
  expect(picture).toMatchObject({ settings });
  expect(picture).not.toHaveProperty('settings.clipSkip');
  expect(images[0]!.data).toEqual(plain.images[0]!.data);
});

it('is a whole number from 1 to 12', async () => {
  for (const clipSkip of [0, 1.5, 13])
    await expect(testEngine().generate({ settings: { ...settings, clipSkip } })).rejects.toMatchObject({
      code: 'bad-input',
      field: 'clipSkip',
    });
});
