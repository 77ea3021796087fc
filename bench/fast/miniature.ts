/** How far each way ends from Exact on the miniature, whose numbers are diffusers' own: other weights, another prediction, other samplers. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ImageSettings } from '../../src/domain/diffusion/image-settings.ts';
import { goldenPath } from '../../src/testing/golden.ts';
import { distance } from './closeness.ts';
import { draw, openFolder } from './draw.ts';
import type { Way } from './ways.ts';

const samplers = ['dpmpp-2m', 'euler', 'ddim', 'unipc', 'euler-ancestral'] as const;
const seeds = [1, 2, 3, 4];

export async function miniatureDistances(
  folder: string,
  chosen: readonly Way[],
): Promise<ReadonlyMap<string, number>> {
  const file = join(folder, 'miniature.json');
  const known = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, number>) : {};
  const missing = chosen.filter(({ name, way }) => way !== null && known[name] === undefined);
  if (missing.length > 0) {
    const model = await openFolder(goldenPath('mini-onnx'));
    const sums = new Map(missing.map(({ name }) => [name, 0]));
    const runs = samplers.flatMap((sampler) => seeds.map((seed) => ({ sampler, seed })));
    for (const { sampler, seed } of runs) {
      const settings: ImageSettings = {
        ...{ prompt: 'a photo of a cat', negativePrompt: '', steps: 25, guidanceScale: 5 },
        ...{ seed, width: 64, height: 64, sampler },
      };
      const exact = await draw(model, settings, { name: 'exact', way: null });
      for (const way of missing) {
        const { latents } = await draw(model, settings, way);
        sums.set(way.name, sums.get(way.name)! + distance(latents, exact.latents));
      }
    }
    for (const [name, sum] of sums) known[name] = sum / runs.length;
    writeFileSync(file, JSON.stringify(known, null, 2));
  }
  return new Map(Object.entries(known));
}
