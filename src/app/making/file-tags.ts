/** Texts in Exif, XMP and IPTC fields of JPEG, WebP, AVIF, HEIC, JPEG XL and PNG. The only door to exifreader. */
import reader, { type Tag } from 'exifreader/dist/exif-reader.js';
import type { CarriedText } from '../../domain/recipe/carried.ts';
import { ownNoteMark } from '../../domain/recipe/carriers/exif.ts';
import { recipeKeyword } from '../../domain/recipe/found.ts';
import { decodeUserComment } from '../../domain/recipe/carriers/user-comment.ts';
import { withoutJpegMark } from '../../domain/recipe/carriers/webp.ts';
import { decodeLoosely } from '../../domain/recipe/text-bytes.ts';

/** Exif first, as AUTOMATIC1111 ranks them. Empty for a file without any, and for one that cannot be read. */
export async function tagTexts(file: Uint8Array<ArrayBuffer>): Promise<readonly CarriedText[]> {
  const { exif = {}, xmp = {}, iptc = {} } = await load(withoutJpegMark(file));
  return [
    ...Object.entries(exif).flatMap(([key, tag]) => exifText(key, tag)),
    ...Object.entries(xmp).flatMap(([key, tag]) => (key === '_raw' ? [] : plainText(key, tag.description))),
    ...Object.entries(iptc).flatMap(([key, tag]) => plainText(key, tag.description)),
  ];
}

async function load(file: Uint8Array<ArrayBuffer>): ReturnType<typeof reader.load> {
  try {
    const whole = file.byteLength === file.buffer.byteLength ? file : file.slice();
    return await reader.load(whole.buffer, { expanded: true, async: true });
  } catch {
    return {}; // It throws for files without metadata as well; the picture itself is not concerned.
  }
}

/** Its descriptions of comments are for people ("[Unicode encoded text]"); the bytes beside them are what counts. */
function exifText(key: string, { value }: Tag): readonly CarriedText[] {
  if (isBytes(value)) {
    const bytes = Uint8Array.from(value);
    return key === 'UserComment'
      ? plainText(key, decodeUserComment(bytes))
      : noteText(key, decodeLoosely(bytes));
  }
  const text: unknown = Array.isArray(value) && value.length === 1 ? value[0] : value;
  return plainText(key, typeof text === 'string' ? asUtf8(text) : text);
}

/** Our own recipe lies among the maker's notes. */
const noteText = (key: string, text: string): readonly CarriedText[] =>
  key === 'MakerNote' && text.startsWith(ownNoteMark)
    ? [{ key: recipeKeyword, text: text.slice(ownNoteMark.length) }]
    : plainText(key, text);

/** Exif texts are ASCII by the book, and come one character a byte; many programs put UTF-8 there. */
function asUtf8(text: string): string {
  const isBytewise = [...text].every((character) => character.charCodeAt(0) < 256 && character.length === 1);
  return isBytewise ? decodeLoosely(Uint8Array.from(text, (character) => character.charCodeAt(0))) : text;
}

const isBytes = (value: unknown): value is number[] =>
  Array.isArray(value) &&
  value.length > 8 &&
  value.every((byte) => Number.isInteger(byte) && byte >= 0 && byte < 256);

const plainText = (key: string, text: unknown): readonly CarriedText[] =>
  typeof text === 'string' && text.trim() !== '' ? [{ key, text }] : [];
