import { look, type LookAt } from './look.ts';

/** The next scene comes in cell by cell. */
export const dissolve: LookAt = (alpha) => look({}, { cells: alpha });

/**
 * Cell (column, row) is painted once the dissolve's share exceeds this; evenly spread over 0 … 1 and the same on every machine.
 * An integer hash with full avalanche (the finaliser of MurmurHash3).
 */
export function dissolveThreshold(column: number, row: number): number {
  let hash = Math.imul(column + 1, 0x9e3779b1) ^ Math.imul(row + 1, 0x85ebca77);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}
