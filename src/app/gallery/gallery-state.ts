/** What the gallery's screen draws. */
import type { PlainError } from '../../domain/errors.ts';
import { matchesSearch, type Work } from '../../domain/recipe/work.ts';
import type { StorageUsage } from '../base/storage/usage.ts';

export const galleryFilters = ['all', 'pictures', 'films', 'favourites'] as const;
export type GalleryFilter = (typeof galleryFilters)[number];

export interface Transfer {
  readonly kind: 'export' | 'import';
  readonly doneWorks: number;
  /** Null while it is not known yet. */
  readonly totalWorks: number | null;
}

export interface GalleryState {
  readonly load:
    | { readonly status: 'loading' }
    | { readonly status: 'ready' }
    | { readonly status: 'failed'; readonly error: PlainError };
  /** Newest first. */
  readonly works: readonly Work[];
  readonly search: string;
  readonly filter: GalleryFilter;
  /** Ids in the order they were chosen; null while the person is not choosing. */
  readonly selected: readonly string[] | null;
  /** In the full view. */
  readonly openId: string | null;
  readonly comparing: readonly [string, string] | null;
  readonly transfer: Transfer | null;
  readonly usage: StorageUsage | null;
}

export const emptyGallery: GalleryState = {
  load: { status: 'loading' },
  works: [],
  search: '',
  filter: 'all',
  selected: null,
  openId: null,
  comparing: null,
  transfer: null,
  usage: null,
};

const passes: Record<GalleryFilter, (work: Work) => boolean> = {
  all: () => true,
  pictures: ({ kind }) => kind === 'image',
  films: ({ kind }) => kind === 'film',
  favourites: ({ favourite }) => favourite,
};

/** What search and filter leave. */
export function visibleWorks(works: readonly Work[], search: string, filter: GalleryFilter): Work[] {
  return works.filter((work) => passes[filter](work) && matchesSearch(work, search));
}

/** Adds or takes away one id. With `from`, everything between the two in `order` is added, as Shift does. */
export function toggleSelected(
  selected: readonly string[],
  id: string,
  order: readonly string[],
  from: string | null,
): readonly string[] {
  const [start, end] = [from === null ? -1 : order.indexOf(from), order.indexOf(id)];
  if (start >= 0 && end >= 0) {
    const range = order.slice(Math.min(start, end), Math.max(start, end) + 1);
    return [...selected, ...range.filter((other) => !selected.includes(other))];
  }
  return selected.includes(id) ? selected.filter((other) => other !== id) : [...selected, id];
}

/** The work `steps` further in `order`, if there is one. */
export function neighbour(order: readonly string[], id: string, steps: number): string | undefined {
  const index = order.indexOf(id);
  return index < 0 ? undefined : order[index + steps];
}
