import type { Json } from '../loose-json.ts';

/** Of Stable Diffusion's own VAE, for configurations that do not say. */
export const usualVaeFactor = 8;

/**
 * Picture pixels for one latent pixel, along a side: each level of the VAE but the last halves them. AutoencoderTiny's configuration, as it
 * is published, counts the levels of its two halves apart. Source: the reference pipeline's `vae_scale_factor`.
 */
export function vaeFactorOf(vae: Json): number {
  const levels = vae['block_out_channels'] ?? vae['decoder_block_out_channels'];
  return Array.isArray(levels) && levels.length > 0 ? 2 ** (levels.length - 1) : usualVaeFactor;
}
