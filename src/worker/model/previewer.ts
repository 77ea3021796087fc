import type { RgbaImage } from '../../domain/diffusion/image/image.ts';
import { createGenerator } from '../../domain/diffusion/noise.ts';
import {
  fitLatentToRgb,
  latentsToPreview,
  shrinkPlanes,
  stableDiffusion1Projection,
  type LatentPair,
  type LatentProjection,
} from '../../domain/diffusion/image/preview.ts';
import type { LatentDims } from '../graphs/vae.ts';

/** Pictures of half-made latents, without the decoder. */
export interface Previewer {
  show(latents: Float32Array, dims: LatentDims): RgbaImage;
  /** True until something is known of how this autoencoder's latents look. */
  readonly isBlind: boolean;
  /** Latents, and the planes [3, height · factor, width · factor] that they were decoded to. */
  learn(latents: Float32Array, dims: LatentDims, planes: Float32Array): void;
}

/** Old pictures are forgotten, but never the first: it holds colours that no picture may have had. */
const keptPairs = 6;

/**
 * The factors of Stable Diffusion 1's autoencoder are published; it is told by its scaling factor. Any other's are found by comparing
 * latents with what they were decoded to.
 */
export function createPreviewer(config: {
  readonly latentChannels: number;
  readonly vaeScalingFactor: number;
  readonly vaeScaleFactor: number;
}): Previewer {
  const isPublished = config.latentChannels === 4 && config.vaeScalingFactor === 0.18215;
  let projection: LatentProjection = stableDiffusion1Projection;
  let pairs: readonly LatentPair[] = [];
  return {
    show: (latents, [channels, height, width]) =>
      latentsToPreview(latents, channels, height, width, projection),
    get isBlind() {
      return !isPublished && pairs.length === 0;
    },
    learn: (latents, [channels, height, width], planes) => {
      if (isPublished) return;
      const factor = config.vaeScaleFactor;
      const rgb = shrinkPlanes(planes, height * factor, width * factor, factor);
      const [first, ...later] = [...pairs, { latents, rgb }];
      pairs = [first, ...later.slice(1 - keptPairs)];
      projection = fitLatentToRgb(pairs, channels);
    },
  };
}

/** Patches of every colour that an autoencoder knows: noise as latents have it, the same over squares of 2 × 2. */
export function colourPatches([channels, height, width]: LatentDims): Float32Array {
  const colours = createGenerator(0).randn(channels * Math.ceil(height / 2) * Math.ceil(width / 2));
  return Float32Array.from({ length: channels * height * width }, (_, i) => {
    const column = i % width;
    const row = Math.floor(i / width) % height;
    const channel = Math.floor(i / (width * height));
    const patchRow = channel * Math.ceil(height / 2) + Math.floor(row / 2);
    return colours[patchRow * Math.ceil(width / 2) + Math.floor(column / 2)]!;
  });
}
