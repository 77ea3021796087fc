/** The miniature's weights, in each form in which models are published, draw what diffusers and the ONNX export draw. */
import { describe, expect, it } from 'vitest';
import { maxDifference } from '../../testing/closeness.ts';
import { testEngine } from '../../testing/engine-rig.ts';
import { goldenJson, goldenTensors } from '../../testing/golden.ts';
import { weightForms } from '../../testing/mapped-files.ts';

interface Golden {
  readonly key: string;
  readonly prompt: string;
  readonly negative_prompt: string;
  readonly guidance_scale: number;
  readonly height: number;
  readonly width: number;
  readonly num_inference_steps: number;
  readonly seed: number;
}

/** With the sampler that the model itself brings. */
const golden = goldenJson<readonly Golden[]>('pipeline.json').find(({ key }) => key === 'tiny-sd/1')!;
const expected = goldenTensors('pipeline.safetensors').get('tiny-sd/1/image')!.data as Float32Array;
const settings = {
  prompt: golden.prompt,
  negativePrompt: golden.negative_prompt,
  guidanceScale: golden.guidance_scale,
  steps: golden.num_inference_steps,
  seed: golden.seed,
  width: golden.width,
  height: golden.height,
  sampler: 'model',
} as const;
const small = { ...settings, width: 64, height: 64, steps: 2, sampler: 'ddim' } as const;
const long = 'a red boat on the lake at night, '.repeat(12);

const fractions = (pixels: Uint8ClampedArray) => {
  const size = pixels.length / 4;
  return Float32Array.from(
    { length: 3 * size },
    (_, i) => pixels[(i % size) * 4 + Math.floor(i / size)]! / 255,
  );
};

const graphs = testEngine();

describe.each(Object.entries(weightForms))('%s', (_form, files) => {
  const engine = testEngine({ openFiles: () => Promise.resolve(files()) });

  it('draws the reference’s picture', async () => {
    const { images } = await engine.generate({ settings });
    expect(maxDifference(fractions(images[0]!.data), expected)).toBeLessThan(2 / 255);
  });

  it('draws what the ONNX export draws, also after a change of size and over a picture', async () => {
    const first = await engine.generate({ settings: small });
    const source = { image: first.images[0]!, strength: 0.5 };
    for (const params of [{ settings: small }, { settings: { ...small, steps: 4 }, source }]) {
      const [ours, theirs] = [await engine.generate(params), await graphs.generate(params)];
      expect(maxDifference(ours.images[0]!.data, theirs.images[0]!.data)).toBeLessThanOrEqual(1);
    }
  });

  it('reads a long prompt whole: its end counts', async () => {
    const draw = async (end: string) => {
      const { images } = await engine.generate({ settings: { ...small, prompt: `${long}${end}` } });
      return images[0]!.data;
    };
    expect(maxDifference(await draw('a cat'), await draw('a boat'))).toBeGreaterThan(0);
  });

  it('tells of bytes and of sessions while it loads', async () => {
    await engine.unload();
    const { events } = await engine.load();
    const bytes = events.flatMap((event) => (event.phase === 'download' ? [event] : []));
    expect(bytes.at(-1)!.loadedBytes).toBe(bytes.at(-1)!.totalBytes);
    expect(events.filter(({ phase }) => phase === 'session').length).toBeGreaterThan(2);
  });
});
