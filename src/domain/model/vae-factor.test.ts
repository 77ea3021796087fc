import { expect, test } from 'vitest';
import { vaeFactorOf } from './vae-factor.ts';

test.each([
  ['Stable Diffusion’s own', { _class_name: 'AutoencoderKL', block_out_channels: [128, 256, 512, 512] }, 8],
  ['one of three levels', { _class_name: 'AutoencoderKL', block_out_channels: [128, 256, 512] }, 4],
  [
    'TAESD as it is published, with the levels of both halves',
    {
      _class_name: 'AutoencoderTiny',
      encoder_block_out_channels: [64, 64, 64, 64],
      decoder_block_out_channels: [64, 64, 64, 64],
    },
    8,
  ],
  [
    'a tiny one of three levels, saved by a later version',
    {
      _class_name: 'AutoencoderTiny',
      block_out_channels: [64, 64, 64],
      decoder_block_out_channels: [64, 64, 64],
    },
    4,
  ],
  ['one that does not say', {}, 8],
  ['one without levels', { block_out_channels: [] }, 8],
  ['one that says nonsense', { block_out_channels: 'many' }, 8],
])('pixels for a latent pixel: %s', (_name, config, factor) => {
  expect(vaeFactorOf(config)).toBe(factor);
});
