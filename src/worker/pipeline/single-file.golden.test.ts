/** A checkpoint of one file, through all that a person's own goes through, against what diffusers draws with it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { planSingleFile } from '../../domain/model/single-file.ts';
import { memorySource } from '../../domain/weights/byte-source.ts';
import { readCheckpoint } from '../../domain/weights/checkpoint.ts';
import { openWeights } from '../../domain/weights/weight-file.ts';
import { maxDifference } from '../../testing/closeness.ts';
import { testEngine } from '../../testing/engine-rig.ts';
import { goldenJson, goldenTensors } from '../../testing/golden.ts';
import { madeCkpt, madeSafetensors } from '../../testing/made-checkpoint.ts';
import type { ModelFiles } from '../weights/model-files.ts';

interface Case {
  readonly key: string;
  readonly prompt: string;
  readonly negative_prompt: string;
  readonly guidance_scale: number;
  readonly height: number;
  readonly width: number;
  readonly num_inference_steps: number;
  readonly seed: number;
}

const { cases } = goldenJson<{ readonly cases: readonly Case[] }>('checkpoint-pictures.json');
const pictures = goldenTensors('checkpoint-pictures.safetensors');
const asked = cases.find(({ key }) => key === 'made')!;
const settings = {
  prompt: asked.prompt,
  negativePrompt: asked.negative_prompt,
  guidanceScale: asked.guidance_scale,
  steps: asked.num_inference_steps,
  seed: asked.seed,
  width: asked.width,
  height: asked.height,
  sampler: 'model',
} as const;

async function filesOf(name: string, bytes: Uint8Array): Promise<ModelFiles> {
  const checkpoint = await readCheckpoint(await openWeights(memorySource(name, bytes)), name);
  const source = { path: name, sizeBytes: bytes.length };
  const named = { name, id: name, revision: '1', licence: null };
  const [plan] = planSingleFile(named, [{ source, checkpoint }], { kind: 'disk', folderName: name });
  const content = new Map<string, Uint8Array>([
    [name, bytes],
    [
      'tokenizer/merges.txt',
      readFileSync(join(import.meta.dirname, '../../../public/models/clip/merges.txt')),
    ],
    ...plan!.filled.map(({ path, text }) => [path, new TextEncoder().encode(text)] as const),
  ]);
  return {
    list: () => [...content].map(([path, { length }]) => ({ path, sizeBytes: length })),
    readBytes: (path) => Promise.resolve(Uint8Array.from(content.get(path)!)),
    readText: (path) => Promise.resolve(new TextDecoder().decode(content.get(path))),
  };
}

const fractions = (pixels: Uint8ClampedArray) => {
  const size = pixels.length / 4;
  return Float32Array.from(
    { length: 3 * size },
    (_, i) => pixels[(i % size) * 4 + Math.floor(i / size)]! / 255,
  );
};

const layers = [
  ['made', 1],
  ['made/clip-skip-2', 2],
  ['made/clip-skip-3', 3],
] as const;

describe.each([
  ['meadow.safetensors', madeSafetensors, layers],
  ['meadow.ckpt', madeCkpt, layers.slice(1, 2)],
] as const)('%s', (name, make, drawn) => {
  const engine = testEngine({ openFiles: () => filesOf(name, make()) });

  it('draws the reference’s picture, with all layers of the text encoder and with fewer', async () => {
    for (const [key, clipSkip] of drawn) {
      const { images } = await engine.generate({ settings: { ...settings, clipSkip } });
      const expected = pictures.get(`${key}/image`)!.data as Float32Array;
      expect(maxDifference(fractions(images[0]!.data), expected), key).toBeLessThan(2 / 255);
    }
  });

  it('says that more layers cannot be left out than there are', async () => {
    await expect(engine.generate({ settings: { ...settings, clipSkip: 4 } })).rejects.toMatchObject({
      code: 'bad-input',
      field: 'clipSkip',
    });
  });
});
