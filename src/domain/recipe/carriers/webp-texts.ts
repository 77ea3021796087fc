/** Texts into WebP: its extended form says in its head which chunks follow. */
import { AppError } from '../../errors.ts';
import { encodeUtf8 } from '../text-bytes.ts';
import { exifWith, type ExifTexts } from './exif.ts';
import { madeByMachine } from './origin-note.ts';
import { pictureSize } from './picture-size.ts';
import { joinWebp, webpChunks, type RiffChunk } from './webp.ts';

const flags = { xmp: 0x04, exif: 0x08, alpha: 0x10 } as const;

/** As `jpegWith`; here there is always room. Throws `not-an-image`. */
export function webpWith(webp: Uint8Array, texts: ExifTexts | null): Uint8Array<ArrayBuffer> {
  const chunks = webpChunks(webp);
  const head = chunks.find(({ type }) => type === 'VP8X')?.data.slice() ?? extendedHead(webp, chunks);
  head[0] = head[0]! | flags.xmp | (texts ? flags.exif : 0);
  return joinWebp([
    { type: 'VP8X', data: head },
    ...chunks.filter(({ type }) => !['VP8X', 'EXIF', 'XMP '].includes(type)),
    ...(texts ? [{ type: 'EXIF', data: exifWith(texts) }] : []),
    { type: 'XMP ', data: encodeUtf8(madeByMachine) },
  ]);
}

/** Flags, three bytes for later use, width − 1 and height − 1 in three bytes each, the low one first. */
function extendedHead(webp: Uint8Array, chunks: readonly RiffChunk[]): Uint8Array {
  const size = pictureSize(webp);
  const pixels = chunks.find(({ type }) => type === 'VP8 ' || type === 'VP8L');
  if (!size || !pixels) throw new AppError('not-an-image', 'This is no WebP file.');
  const usesAlpha = pixels.type === 'VP8L' && (pixels.data[4]! & 0x10) !== 0;
  const side = (px: number) => [(px - 1) & 0xff, ((px - 1) >> 8) & 0xff, (px - 1) >> 16];
  return Uint8Array.from([usesAlpha ? flags.alpha : 0, 0, 0, 0, ...side(size.width), ...side(size.height)]);
}
