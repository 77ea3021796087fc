/** Whether a file is a film, by its first bytes: what it is called and said to be is often wrong. */
import { decodeLatin1 } from '../text-bytes.ts';

export const filmHeadBytes = 16;

/** Pictures and sounds in the same container as MP4 (https://mp4ra.org/registered-types/brands). */
const otherBrands = /^(avif|avis|heic|heix|heim|heis|hevc|hevx|mif1|msf1|miaf|jxl |crx |M4A |M4B |M4P )/;

/** MP4 and its kin, Matroska and WebM. */
export function isFilmHead(head: Uint8Array): boolean {
  const text = decodeLatin1(head.subarray(0, filmHeadBytes));
  if (text.startsWith('\x1a\x45\xdf\xa3')) return true;
  return text.slice(4, 8) === 'ftyp' && !otherBrands.test(text.slice(8));
}
