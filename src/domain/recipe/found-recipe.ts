/** What comes out of a picture, apart from what reads it: that is fetched when it is needed. */
import type { ImageRecipe } from './recipe.ts';
import type { RestoredSettings } from './told.ts';

/** What a picture tells about how it was made: everything (`exact`, ours), what another program's text could tell, or only who made it. */
export type FoundRecipe =
  | { readonly kind: 'exact'; readonly recipe: ImageRecipe; readonly text: string }
  | ({ readonly kind: 'restored'; readonly text: string } & RestoredSettings)
  | { readonly kind: 'claimed'; readonly by: string; readonly text: string }
  /** A graph of ComfyUI in which nothing is known that draws. */
  | { readonly kind: 'unfollowed'; readonly by: string; readonly text: string };

/** What settings can be restored from. */
export type Restorable = Extract<FoundRecipe, { kind: 'exact' | 'restored' }>;

export const isRestorable = (found: FoundRecipe | null): found is Restorable =>
  found?.kind === 'exact' || found?.kind === 'restored';
