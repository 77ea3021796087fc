/** What came from what, among the works that are kept. */
import type { Work } from './work.ts';

type Kin = Pick<Work, 'id' | 'createdAtMs' | 'from'>;

export interface Family<W extends Kin> {
  /** Null where it is gone, and others still tell of it. */
  readonly work: W | null;
  readonly id: string;
  /** Oldest first. */
  readonly children: readonly Family<W>[];
}

/**
 * The tree that a work stands in, from the oldest that is known. A picture that others came from is named by them even after it was deleted.
 * Records that name each other in a circle, which no page writes, end where they meet again.
 */
export function familyOf<W extends Kin>(works: readonly W[], id: string): Family<W> {
  const known = new Map(works.map((work) => [work.id, work]));
  const passed = new Set<string>();
  let oldest = id;
  for (
    let from = known.get(id)?.from;
    from !== undefined && !passed.has(from);
    from = known.get(from)?.from
  ) {
    passed.add(oldest);
    oldest = from;
  }
  return treeOf(oldest, known, works, new Set());
}

function treeOf<W extends Kin>(
  id: string,
  known: ReadonlyMap<string, W>,
  works: readonly W[],
  above: ReadonlySet<string>,
): Family<W> {
  const line = new Set([...above, id]);
  const children = works
    .filter((work) => work.from === id && !line.has(work.id))
    .sort((a, b) => a.createdAtMs - b.createdAtMs);
  return {
    id,
    work: known.get(id) ?? null,
    children: children.map((child) => treeOf(child.id, known, works, line)),
  };
}

export const sizeOfFamily = <W extends Kin>({ children }: Family<W>): number =>
  children.reduce((sum, child) => sum + sizeOfFamily(child), 1);
