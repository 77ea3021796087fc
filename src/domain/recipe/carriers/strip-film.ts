/** A film's file without what it tells: its tags become room that players pass over, so that nothing else moves. */
import { AppError } from '../../errors.ts';
import { decodeLatin1, encodeLatin1 } from '../text-bytes.ts';

/**
 * MP4: user data and metadata of the film and its tracks. WebM: all tags. GIF as ours are holds none.
 * @returns a copy. Throws `file-unreadable` for what is none of these.
 */
export function stripFilm(file: Uint8Array): Uint8Array<ArrayBuffer> {
  const copy = new Uint8Array(file);
  const head = decodeLatin1(copy.subarray(0, 12));
  if (head.slice(4, 8) === 'ftyp') blankBoxes(copy, 0, copy.length);
  else if (head.startsWith('\x1a\x45\xdf\xa3')) blankTags(copy);
  else if (!head.startsWith('GIF8')) {
    throw new AppError('file-unreadable', 'This is neither MP4 nor WebM nor GIF.');
  }
  return copy;
}

const holders = new Set(['moov', 'trak']);
const tellers = new Set(['udta', 'meta']);

/** ISO/IEC 14496-12: a length of 4 bytes (1: 8 bytes after the type; 0: to the end), a type of 4. */
function blankBoxes(file: Uint8Array, start: number, end: number): void {
  const view = new DataView(file.buffer);
  for (let at = start; at + 8 <= end;) {
    const short = view.getUint32(at);
    const long = short === 1 ? Number(view.getBigUint64(at + 8)) : short;
    const length = long === 0 ? end - at : long;
    const headBytes = short === 1 ? 16 : 8;
    if (length < headBytes || at + length > end) return;
    const type = decodeLatin1(file.subarray(at + 4, at + 8));
    if (holders.has(type)) blankBoxes(file, at + headBytes, at + length);
    if (tellers.has(type)) {
      file.set(encodeLatin1('free'), at + 4);
      file.fill(0, at + headBytes, at + length);
    }
    at += length;
  }
}

const ids = { segment: 0x18538067, tags: 0x1254c367, void: 0xec } as const;

/** Matroska (RFC 8794, RFC 9559): an id and a length, both as many bytes as their first one says. */
function blankTags(file: Uint8Array): void {
  const first = elementAt(file, 0);
  const segment = first && elementAt(file, first.end);
  if (segment?.id !== ids.segment) throw new AppError('file-corrupt', 'This WebM file has no segment.');
  for (let at = segment.dataStart; at < segment.end;) {
    const element = elementAt(file, at);
    if (!element) return;
    if (element.id === ids.tags) makeVoid(file, at, element.end);
    at = element.end;
  }
}

interface Element {
  readonly id: number;
  readonly dataStart: number;
  readonly end: number;
}

function elementAt(file: Uint8Array, at: number): Element | null {
  const idBytes = Math.clz32(file[at] ?? 0) - 23;
  const sizeBytes = Math.clz32(file[at + idBytes] ?? 0) - 23;
  if (idBytes > 4 || sizeBytes > 8) return null;
  const number = (from: number, bytes: number) =>
    file.subarray(from, from + bytes).reduce((value, byte) => value * 256 + byte, 0);
  const sizeAt = at + idBytes;
  const dataStart = sizeAt + sizeBytes;
  const size = number(sizeAt, sizeBytes) - 2 ** (7 * sizeBytes);
  const isUnknown = size >= 2 ** (7 * sizeBytes) - 1;
  const end = isUnknown ? file.length : Math.min(dataStart + size, file.length);
  return { id: number(at, idBytes), dataStart, end };
}

/** Of the same length. Tags are never shorter than the nine bytes of its head. */
function makeVoid(file: Uint8Array, start: number, end: number): void {
  file.fill(0, start, end);
  file[start] = ids.void;
  file[start + 1] = 0x01;
  new DataView(file.buffer).setUint32(start + 5, end - start - 9);
}
