import type { Work } from '../../../domain/recipe/work.ts';
import { formatSeconds, shorten } from '../../base/format.ts';

const dates = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });

export const formatDate = (ms: number) => dates.format(ms);

/** What a screen reader says for a tile. */
export function workLabel(work: Work): string {
  const kind = work.kind === 'image' ? 'Picture' : 'Film';
  const length = work.durationSec === undefined ? '' : `, ${formatSeconds(work.durationSec)}`;
  const via = work.via === 'api' ? ', made through the API' : '';
  const favourite = work.favourite ? ', favourite' : '';
  return `${kind}${length}: ${shorten(work.text, 100) || 'no prompt'}${via}${favourite}, ${formatDate(work.createdAtMs)}`;
}
