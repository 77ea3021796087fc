/** Exif as JPEG, WebP and AVIF carry it: a TIFF file of tags (Exif 2.32; TIFF 6.0), written with the high byte first. */
import { encodeLatin1 } from '../text-bytes.ts';
import { encodeUserComment } from './user-comment.ts';

/** What stands before our own recipe where Exif keeps the maker's notes. */
export const ownNoteMark = 'zoetrope:';

export interface ExifTexts {
  /** The recipe in the words of AUTOMATIC1111's web UI, where its readers look for it. */
  readonly comment: string;
  /** Our own, ASCII; null where there is no room. */
  readonly ownRecipe: string | null;
}

const tags = { exifPointer: 0x8769, makerNote: 0x927c, userComment: 0x9286 } as const;
const types = { long: 4, undefined: 7 } as const;
const [headBytes, countBytes, entryBytes, nextBytes] = [8, 2, 12, 4];

interface Entry {
  readonly tag: number;
  readonly data: Uint8Array;
}

/** One pointer to the Exif tags, which hold the notes and the comment. */
export function exifWith({ comment, ownRecipe }: ExifTexts): Uint8Array<ArrayBuffer> {
  const note =
    ownRecipe === null ? [] : [{ tag: tags.makerNote, data: encodeLatin1(ownNoteMark + ownRecipe) }];
  const entries: readonly Entry[] = [...note, { tag: tags.userComment, data: encodeUserComment(comment) }];
  const exifStart = headBytes + directoryBytes(1);
  const dataStart = exifStart + directoryBytes(entries.length);
  const file = new Uint8Array(dataStart + entries.reduce((sum, { data }) => sum + data.length, 0));
  const view = new DataView(file.buffer);
  view.setUint16(0, 0x4d4d);
  view.setUint16(2, 42);
  view.setUint32(4, headBytes);
  view.setUint16(headBytes, 1);
  writeEntry(view, headBytes + countBytes, tags.exifPointer, types.long, 1, exifStart);
  view.setUint16(exifStart, entries.length);
  let offset = dataStart;
  entries.forEach(({ tag, data }, at) => {
    const entryAt = exifStart + countBytes + at * entryBytes;
    writeEntry(view, entryAt, tag, types.undefined, data.length, offset);
    file.set(data, offset);
    offset += data.length;
  });
  return file;
}

const directoryBytes = (entries: number) => countBytes + entries * entryBytes + nextBytes;

function writeEntry(
  view: DataView,
  at: number,
  tag: number,
  type: number,
  count: number,
  value: number,
): void {
  view.setUint16(at, tag);
  view.setUint16(at + 2, type);
  view.setUint32(at + 4, count);
  view.setUint32(at + 8, value);
}
