import { readFileSync, statSync } from 'node:fs';
import type { ModelFiles } from '../worker/weights/model-files.ts';
import { goldenPath } from './golden.ts';

/** A model whose files lie anywhere among the reference values: path in the model → name there. */
function mappedFiles(names: Readonly<Record<string, string>>): ModelFiles {
  const places = new Map(Object.entries(names).map(([path, name]) => [path, goldenPath(name)]));
  const list = [...places].map(([path, place]) => ({ path, sizeBytes: statSync(place).size }));
  return {
    list: () => list,
    readBytes: (path, onBytes) => {
      const bytes = new Uint8Array(readFileSync(places.get(path)!));
      onBytes?.(bytes.length);
      return Promise.resolve(bytes);
    },
    readText: (path) => Promise.resolve(readFileSync(places.get(path)!, 'utf8')),
  };
}

const shared = {
  'unet/config.json': 'mini-checkpoint/unet/config.json',
  'vae_decoder/config.json': 'mini-checkpoint/vae/config.json',
  'text_encoder/config.json': 'mini-checkpoint/text_encoder/config.json',
  'scheduler/scheduler_config.json': 'mini-checkpoint/scheduler/scheduler_config.json',
  'tokenizer/vocab.json': 'mini-checkpoint/tokenizer/vocab.json',
  'tokenizer/merges.txt': 'mini-checkpoint/tokenizer/merges.txt',
};

/** The miniature's weights in each form in which models are published. */
export const weightForms = {
  safetensors: () =>
    mappedFiles({
      ...shared,
      'unet/diffusion_pytorch_model.safetensors': 'mini-checkpoint/unet/diffusion_pytorch_model.safetensors',
      'vae/diffusion_pytorch_model.safetensors': 'mini-checkpoint/vae/diffusion_pytorch_model.safetensors',
      'text_encoder/model.safetensors': 'mini-checkpoint/text_encoder/model.safetensors',
    }),
  'PyTorch files with strided tensors': () =>
    mappedFiles({
      ...shared,
      'unet/diffusion_pytorch_model.bin': 'mini-checkpoint-bin/unet/diffusion_pytorch_model.bin',
      'vae/diffusion_pytorch_model.bin': 'mini-checkpoint-bin/vae/diffusion_pytorch_model.bin',
      'text_encoder/pytorch_model.bin': 'mini-checkpoint-bin/text_encoder/pytorch_model.bin',
    }),
  'a single file': () =>
    mappedFiles({ ...shared, 'model.safetensors': 'checkpoints/single-file/tiny-topology.safetensors' }),
} as const;
