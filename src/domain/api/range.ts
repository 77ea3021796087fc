/** A client's wish for a part of a file, or for none that it has already. RFC 9110, 13 and 14. */

export interface ByteRange {
  readonly start: number;
  /** The first byte that does not belong to it. */
  readonly end: number;
}

/**
 * What `header` (`Range`) asks of a file of `sizeBytes`. Undefined where the whole file is to be sent: without a range, with one that does not
 * follow the grammar, in another unit, and for several ranges at once, which a server may pass over.
 */
export function readRange(
  header: string | undefined,
  sizeBytes: number,
): ByteRange | 'unsatisfiable' | undefined {
  const [, first, last] = /^\s*bytes\s*=\s*(\d*)\s*-\s*(\d*)\s*$/i.exec(header ?? '') ?? [];
  if (first === undefined || last === undefined || (first === '' && last === '')) return undefined;
  if (first === '') return within({ start: Math.max(0, sizeBytes - Number(last)), end: sizeBytes });
  if (last !== '' && Number(last) < Number(first)) return undefined;
  const end = last === '' ? sizeBytes : Math.min(Number(last) + 1, sizeBytes);
  return within({ start: Number(first), end });
}

const within = (range: ByteRange) => (range.start < range.end ? range : 'unsatisfiable');

/** Whether `header` (`If-None-Match`) names `etag`, or anything. */
export const namesTag = (header: string | undefined, etag: string): boolean =>
  header !== undefined && (header.trim() === '*' || tagsOf(header).includes(etag));

/** Tags compared weakly: without their `W/`. */
const tagsOf = (header: string): readonly string[] => header.match(/"[^"]*"/g) ?? [];
