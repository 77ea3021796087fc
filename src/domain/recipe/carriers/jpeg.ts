/** JPEG's segments: a mark, a length with its own two bytes, data (ITU T.81, B.1.1). */
import { AppError } from '../../errors.ts';
import { joinBytes } from '../png-chunks.ts';
import { encodeLatin1, encodeUtf8 } from '../text-bytes.ts';
import { exifWith, type ExifTexts } from './exif.ts';
import { madeByMachine } from './origin-note.ts';

const app0 = 0xe0;
const app1 = 0xe1;
const mostBytes = 0xffff - 2;

/**
 * A picture as the browser encodes it, with where it comes from, and with texts where there are any. What has no room in a segment is
 * left out: first our own recipe, which the other repeats in words. Throws `not-an-image`, `bad-input` for a recipe without room.
 */
export function jpegWith(jpeg: Uint8Array, texts: ExifTexts | null): Uint8Array<ArrayBuffer> {
  if (jpeg[0] !== 0xff || jpeg[1] !== 0xd8) throw new AppError('not-an-image', 'This is no JPEG file.');
  const at = afterJfif(jpeg);
  const origin = segment('http://ns.adobe.com/xap/1.0/\0', encodeUtf8(madeByMachine))!;
  return joinBytes([jpeg.subarray(0, at), ...(texts ? [exifSegment(texts)] : []), origin, jpeg.subarray(at)]);
}

function exifSegment(texts: ExifTexts): Uint8Array {
  const both = segment('Exif\0\0', exifWith(texts));
  const found = both ?? segment('Exif\0\0', exifWith({ ...texts, ownRecipe: null }));
  if (!found) throw new AppError('bad-input', 'The recipe is too long for a JPEG file.');
  return found;
}

/** JFIF wants to be the first. */
function afterJfif(jpeg: Uint8Array): number {
  if (jpeg[2] !== 0xff || jpeg[3] !== app0) return 2;
  return 4 + (jpeg[4]! << 8) + jpeg[5]!;
}

/** Null where it is too long. */
function segment(name: string, data: Uint8Array): Uint8Array | null {
  const named = joinBytes([encodeLatin1(name), data]);
  if (named.length > mostBytes) return null;
  const length = named.length + 2;
  return joinBytes([Uint8Array.of(0xff, app1, length >> 8, length & 0xff), named]);
}
