/** What is kept of what was made. */
import type { Work } from '../../domain/recipe/work.ts';

export type NewWork = Pick<
  Work,
  'kind' | 'text' | 'recipe' | 'width' | 'height' | 'durationSec' | 'via' | 'from'
> & {
  readonly file: Blob;
  /** What the thumbnail is made of: the picture itself, or a frame of the film. */
  readonly preview: Blob;
};
