/** A picture that is too large for the model at once: each call is made tile by tile, and what overlaps is mixed (MultiDiffusion, Bar-Tal et al., 2023). */
import { addFading, fadingTiles, type FadingTile } from '../../domain/diffusion/image/overlap.ts';
import { cutOut, type FloatPlanes } from '../../domain/diffusion/image/tiles.ts';
import { yieldToEvents } from '../../engine/rpc.ts';
import type { LatentDims } from '../graphs/vae.ts';

export interface TiledField {
  readonly tiles: readonly FadingTile[];
  /** Of one tile; all have the same. */
  readonly dims: LatentDims;
  /** After each. */
  readonly onTile: () => void;
}

/** In latent pixels. */
export interface TileShape {
  readonly height: number;
  readonly width: number;
  readonly overlap: number;
}

export function tiledField(
  [channels, height, width]: LatentDims,
  tile: TileShape,
  onTile: () => void = () => undefined,
): TiledField {
  const own = { height: Math.min(height, tile.height), width: Math.min(width, tile.width) };
  const tiles = fadingTiles({ height, width }, own, tile.overlap);
  return { tiles, dims: [channels, own.height, own.width], onTile };
}

/** `predict` is given the latents of a tile. A cancel is heard before each. */
export async function predictTiled(
  { tiles, dims, onTile }: TiledField,
  latents: Float32Array,
  [channels, height, width]: LatentDims,
  signal: AbortSignal,
  predict: (latents: Float32Array, dims: LatentDims) => Promise<Float32Array>,
): Promise<Float32Array> {
  const whole: FloatPlanes = { data: new Float32Array(latents.length), channels, height, width };
  const planes = { data: latents, channels, height, width };
  for (const tile of tiles) {
    await yieldToEvents();
    signal.throwIfAborted();
    const part = cutOut(planes, tile.rows, tile.columns).data as Float32Array;
    const data = await predict(part, dims);
    addFading(whole, { data, channels, height: dims[1], width: dims[2] }, tile);
    onTile();
  }
  return whole.data;
}
