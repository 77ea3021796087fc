/** Facts that only sentences need; what they are called is up to the language. */

/** Where settings came from. */
export type Origin = { readonly file: string } | 'link' | 'gallery' | 'text';

/** Which model made a picture, where it is not the one in use. */
export type MadeWith =
  { readonly other: string; readonly inUse: string } | { readonly version: string; readonly inUse: string };

/** A work of the gallery, for those who hear the page. */
export interface WorkFacts {
  readonly kind: 'image' | 'film';
  readonly durationSec: number | undefined;
  /** Its first words; empty where there are none. */
  readonly text: string;
  readonly viaApi: boolean;
  readonly favourite: boolean;
  readonly createdAtMs: number;
}
