import type { ModelComponent, ModelFile } from '../../domain/model/model-file.ts';

const weightPattern = /\.(?:safetensors|bin|ckpt|pt|pth)$/;
/** Both halves of a VAE lie in one. */
export const weightFolders = {
  unet: 'unet',
  text_encoder: 'text_encoder',
  vae_decoder: 'vae',
  vae_encoder: 'vae',
} as const;

/** Its own files (several, where they are sharded), or the one file that holds everything. */
export function weightFilesOf(files: readonly ModelFile[], component: ModelComponent): readonly ModelFile[] {
  const weights = files.filter(({ path }) => weightPattern.test(path));
  const own = weights.filter(({ path }) => path.startsWith(`${weightFolders[component]}/`));
  return own.length > 0 ? own : weights.filter(({ path }) => !path.includes('/'));
}
