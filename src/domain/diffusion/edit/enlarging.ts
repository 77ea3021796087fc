/** How a finished picture becomes a larger one. */

export const enlargeScales = [2, 4] as const;
export type EnlargeScale = (typeof enlargeScales)[number];

/**
 * `filter`: Lanczos, at once. `detail`: the filter, then image-to-image by tiles that share one field of noise. `network`: an upscaler that
 * was added beside models, by its name.
 */
export type Enlarging =
  | { readonly how: 'filter'; readonly scale: EnlargeScale }
  | {
      readonly how: 'detail';
      readonly scale: EnlargeScale;
      /** 0 (only the filter) … 1 (a new picture). */
      readonly strength: number;
      /** Side of a tile, in pixels of the large picture. */
      readonly tilePx: number;
      /** At least so much of it lies over its neighbour. */
      readonly overlapPx: number;
    }
  | { readonly how: 'network'; readonly scale: EnlargeScale; readonly network: string };

export const usualDetail = { strength: 0.35, overlapPx: 64 } as const;
