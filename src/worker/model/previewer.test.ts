import { expect, it } from 'vitest';
import { maxDifference } from '../../testing/closeness.ts';
import { colourPatches, createPreviewer } from './previewer.ts';
import type { LatentDims } from '../graphs/vae.ts';

const dims: LatentDims = [2, 8, 8];

/** An autoencoder that shows its first channel as red, its second as blue, and no green; two pixels a latent. */
function decode(latents: Float32Array): Float32Array {
  const planes = new Float32Array(3 * 16 * 16).fill(-1);
  for (let at = 0; at < 256; at++) {
    const latent = Math.floor(at / 32) * 8 + Math.floor((at % 16) / 2);
    planes[at] = latents[latent]! / 4;
    planes[512 + at] = latents[64 + latent]! / 4;
  }
  return planes;
}

const own = { latentChannels: 2, vaeScalingFactor: 1, vaeScaleFactor: 2 };

it("learns the colours of an autoencoder that is not Stable Diffusion's", () => {
  const previewer = createPreviewer(own);
  expect(previewer.isBlind).toBe(true);
  const patches = colourPatches(dims);
  previewer.learn(patches, dims, decode(patches));
  expect(previewer.isBlind).toBe(false);

  const latents = new Float32Array(128).fill(0);
  latents[0] = 4; // the first pixel is red
  const { data } = previewer.show(latents, dims);
  expect(maxDifference(data.slice(0, 4), [255, 0, 128, 255])).toBeLessThanOrEqual(1);
  expect(maxDifference(data.slice(4, 8), [128, 0, 128, 255])).toBeLessThanOrEqual(1);
});

it("knows the colours of Stable Diffusion 1's autoencoder from the start", () => {
  const config = { latentChannels: 4, vaeScalingFactor: 0.18215, vaeScaleFactor: 8 };
  expect(createPreviewer(config).isBlind).toBe(false);
});

it('keeps what it learnt first, however many pictures follow', () => {
  const previewer = createPreviewer(own);
  const patches = colourPatches(dims);
  previewer.learn(patches, dims, decode(patches));
  const grey = new Float32Array(128);
  for (let i = 0; i < 20; i++) previewer.learn(grey, dims, decode(grey));
  const red = new Float32Array(128);
  red[0] = 4;
  const { data } = previewer.show(red, dims);
  expect(maxDifference(data.slice(0, 3), [255, 0, 128])).toBeLessThanOrEqual(1);
});

it('patches are squares of two latents, each of its own colour', () => {
  const patches = colourPatches([1, 4, 4]);
  expect(new Set(patches).size).toBe(4);
  expect([patches[1], patches[4], patches[5]]).toEqual([patches[0], patches[0], patches[0]]);
});
