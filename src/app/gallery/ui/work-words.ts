import type { Work } from '../../../domain/recipe/work.ts';
import { shorten } from '../../base/format.ts';
import type { Words } from '../../words/words.ts';

/** What a screen reader says for a tile. */
export const workLabel = ({ gallery }: Words, work: Work): string =>
  gallery.label({
    kind: work.kind,
    durationSec: work.durationSec,
    text: shorten(work.text, 100),
    viaApi: work.via === 'api',
    favourite: work.favourite,
    createdAtMs: work.createdAtMs,
  });
