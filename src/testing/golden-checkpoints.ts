/** The cases of golden/checkpoints: a file that a browser must load, and what the real libraries compute from it. */
import { existsSync } from 'node:fs';
import type { Json } from '../domain/loose-json.ts';
import { readCheckpoint, type Network } from '../domain/weights/checkpoint.ts';
import { joinWeights } from '../domain/weights/weight-file.ts';
import { goldenJson, goldenPath } from './golden.ts';
import { goldenWeights } from './golden-weights.ts';

export interface CheckpointCase {
  readonly id: string;
  readonly kind: string;
  /** Several: shards, or adapters that are used at once. */
  readonly file: string | readonly string[];
  readonly expect: string;
  /** Keys in the golden files; those that no network gives are inputs. */
  readonly outputs?: readonly string[];
  readonly golden: readonly string[];
  /** What a single file cannot tell of a miniature, by component; or the folder whose configuration it is. */
  readonly config?: string | Readonly<Partial<Record<keyof Networks, Json>>>;
}

export interface Networks {
  readonly unet: Network | null;
  readonly vae: Network | null;
  readonly text_encoder: Network | null;
}

export const checkpointCases = (kind: string) =>
  goldenJson<{ cases: readonly CheckpointCase[] }>('checkpoints/cases.json').cases.filter(
    (each) => each.kind === kind,
  );

/** An index of shards stands for them. */
function shardsOf(file: string): readonly string[] {
  if (!file.endsWith('.index.json')) return [file];
  const { weight_map: shards } = goldenJson<{ weight_map: Readonly<Record<string, string>> }>(
    `checkpoints/${file}`,
  );
  const folder = file.slice(0, file.lastIndexOf('/') + 1);
  return [...new Set(Object.values(shards))].map((name) => folder + name);
}

export async function networksOf({ file, config = {} }: CheckpointCase): Promise<Networks> {
  const names = (typeof file === 'string' ? [file] : file).flatMap(shardsOf);
  const opened = await Promise.all(names.map((name) => goldenWeights(`checkpoints/${name}`)));
  const read = await readCheckpoint(joinWeights(opened), names.join(' and '));
  const known = (name: keyof Networks): Json => {
    if (typeof config !== 'string') return config[name] ?? {};
    const path = `${config}/${name}/config.json`;
    return existsSync(goldenPath(path)) ? goldenJson<Json>(path) : {};
  };
  const configured = (name: keyof Networks): Network | null => {
    const network = read[name];
    return network && { ...network, config: { ...network.config, ...known(name) } };
  };
  return { unet: configured('unet'), vae: configured('vae'), text_encoder: configured('text_encoder') };
}

export interface GoldenArray {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** All arrays of some golden files, in float32. */
export async function goldenArrays(names: readonly string[]): Promise<ReadonlyMap<string, GoldenArray>> {
  const arrays = new Map<string, GoldenArray>();
  for (const name of names) {
    const { tensors } = await goldenWeights(`checkpoints/${name}`);
    for (const [key, tensor] of tensors)
      arrays.set(key, { shape: tensor.shape, data: await tensor.float32() });
  }
  return arrays;
}
