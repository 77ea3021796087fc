/** What is asked of sessions, for each component. */
import type { SessionNeed } from '../../domain/model/graph-shape.ts';
import type { LatentDims } from './vae.ts';

const one = { batch: 1, height: 1, width: 1, tokens: 1 };

/** `tokens`: of one chunk. */
export const textNeed = (tokens: number): SessionNeed => ({
  component: 'text_encoder',
  shape: { ...one, tokens },
});

export const unetNeed = ([, height, width]: LatentDims, batch: number, tokens: number): SessionNeed => ({
  component: 'unet',
  shape: { batch, height, width, tokens },
});

export const decoderNeed = ([, height, width]: LatentDims): SessionNeed => ({
  component: 'vae_decoder',
  shape: { ...one, height, width },
});

/** In picture pixels. */
export const encoderNeed = (size: { readonly height: number; readonly width: number }): SessionNeed => ({
  component: 'vae_encoder',
  shape: { ...one, height: size.height, width: size.width },
});
