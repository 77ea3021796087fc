/** The LoRA and embedding cases of golden/checkpoints, on the base model that they name. */
import { existsSync } from 'node:fs';
import type { Json } from '../domain/loose-json.ts';
import { readCheckpoint, type Network } from '../domain/weights/checkpoint.ts';
import { readLora } from '../domain/weights/lora.ts';
import type { WeightedLora } from '../domain/weights/lora-changes.ts';
import { goldenJson, goldenPath } from './golden.ts';
import type { CheckpointCase, Networks } from './golden-checkpoints.ts';
import { goldenWeights } from './golden-weights.ts';

export interface AdapterCase extends CheckpointCase {
  /** Folder of a pipeline in diffusers' layout. */
  readonly base: string;
  /** Of a LoRA, or of each. */
  readonly scale?: number | readonly number[];
  readonly note?: string;
  /** Of an embedding's prompt. */
  readonly input_ids?: readonly number[];
}

export const adapterCases = (kind: 'lora' | 'embedding') =>
  goldenJson<{ cases: readonly AdapterCase[] }>('checkpoints/cases.json').cases.filter(
    (each) => each.kind === kind,
  );

const parts = {
  unet: 'unet/diffusion_pytorch_model.safetensors',
  vae: 'vae/diffusion_pytorch_model.safetensors',
  text_encoder: 'text_encoder/model.safetensors',
};

export async function baseNetworks({ base }: AdapterCase): Promise<Networks> {
  const open = async (part: keyof typeof parts): Promise<Network | null> => {
    const name = `${base}/${parts[part]}`;
    const network = (await readCheckpoint(await goldenWeights(name), name))[part];
    const config = goldenJson<Json>(`${base}/${part}/config.json`);
    return network && { ...network, config };
  };
  return { unet: await open('unet'), vae: null, text_encoder: await open('text_encoder') };
}

/** The LoRAs of a case, each with its weight. What peft keeps beside its file is read from there. */
export function lorasOf({ id, file, scale = 1 }: AdapterCase): Promise<readonly WeightedLora[]> {
  const names = typeof file === 'string' ? [file] : file;
  return Promise.all(
    names.map(async (name, i) => {
      const beside = `checkpoints/${name.slice(0, name.lastIndexOf('/') + 1)}adapter_config.json`;
      const config = existsSync(goldenPath(beside)) ? JSON.stringify(goldenJson(beside)) : undefined;
      const lora = readLora(id, await goldenWeights(`checkpoints/${name}`), config);
      return { lora, weight: typeof scale === 'number' ? scale : scale[i]! };
    }),
  );
}
