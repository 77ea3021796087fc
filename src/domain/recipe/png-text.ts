/** Text in a PNG: tEXt (Latin-1), zTXt (the same, compressed) and iTXt (UTF-8, compressed or not). */
import { AppError } from '../errors.ts';
import { isIntact, makeChunk, walkPng, type PngChunk } from './png-chunks.ts';
import { decodeLatin1, decodeLoosely, decodeUtf8, encodeLatin1, encodeUtf8, isLatin1 } from './text-bytes.ts';

/** Undoes zlib compression. Must reject when more than `maxBytes` would come out. */
export type Inflate = (data: Uint8Array, maxBytes: number) => Promise<Uint8Array>;

export interface PngText {
  readonly keyword: string;
  readonly text: string;
}

const maxTextBytes = 4 * 1024 * 1024;
/** `comf`: ComfyUI's texts in animated PNGs, behind the pixels; made like tEXt. */
const textTypes = new Set(['tEXt', 'zTXt', 'iTXt', 'comf']);

export const isTextChunk = (chunk: PngChunk) => textTypes.has(chunk.type);

/** The keyword, 1–79 Latin-1 characters, or undefined where there is none. */
export function keywordOf(chunk: PngChunk): string | undefined {
  const end = chunk.data.subarray(0, 80).indexOf(0);
  return end < 1 ? undefined : decodeLatin1(chunk.data.subarray(0, end));
}

/** tEXt where Latin-1 can say it and nobody can take it for UTF-8, else iTXt. NUL, which PNG forbids in text, becomes U+FFFD. */
export function makeTextChunk({ keyword, text }: PngText): Uint8Array<ArrayBuffer> {
  const legal = text.replaceAll('\0', '\ufffd');
  const isSafe = isLatin1(legal) && decodeLoosely(encodeLatin1(legal)) === legal;
  if (!isSafe) return makeInternationalChunk({ keyword, text: legal });
  return makeChunk('tEXt', encodeLatin1(`${keyword}\0${legal}`));
}

/** iTXt, not compressed, without language and translated keyword. */
export function makeInternationalChunk({ keyword, text }: PngText): Uint8Array<ArrayBuffer> {
  return makeChunk('iTXt', encodeUtf8(`${keyword}\0\0\0\0\0${text}`));
}

/**
 * All texts in the file, in order, those of damaged chunks left out. Compressed ones are read only with `inflate`.
 * Throws `not-an-image` when this is no PNG, `file-corrupt` when it is damaged and no text came before the damage.
 */
export async function readPngTexts(file: Uint8Array, inflate?: Inflate): Promise<PngText[]> {
  const texts: PngText[] = [];
  try {
    for (const chunk of walkPng(file)) {
      if (!isTextChunk(chunk) || chunk.data.length > maxTextBytes || !isIntact(file, chunk)) continue;
      const text = await readText(chunk, inflate);
      if (text) texts.push(text);
    }
  } catch (error) {
    const readable = error instanceof AppError && error.code === 'file-corrupt' && texts.length > 0;
    if (!readable) throw error;
  }
  return texts;
}

async function readText(chunk: PngChunk, inflate: Inflate | undefined): Promise<PngText | undefined> {
  const keyword = keywordOf(chunk);
  if (keyword === undefined) return undefined;
  const rest = chunk.data.subarray(keyword.length + 1);
  if (chunk.type === 'tEXt' || chunk.type === 'comf') return { keyword, text: decodeLoosely(rest) };
  if (chunk.type === 'zTXt') {
    const bytes = await expand(rest.subarray(1), inflate);
    return bytes && { keyword, text: decodeLoosely(bytes) };
  }
  const content = internationalContent(rest);
  const bytes = rest[0] === 1 ? await expand(content, inflate) : content;
  return bytes && { keyword, text: decodeUtf8(bytes) };
}

/** Behind compression flag and method, language tag and translated keyword. */
function internationalContent(rest: Uint8Array): Uint8Array {
  const language = rest.indexOf(0, 2);
  const translated = language < 0 ? -1 : rest.indexOf(0, language + 1);
  return translated < 0 ? new Uint8Array() : rest.subarray(translated + 1);
}

async function expand(data: Uint8Array, inflate: Inflate | undefined): Promise<Uint8Array | undefined> {
  try {
    return await inflate?.(data, maxTextBytes);
  } catch {
    return undefined; // Damaged or a zip bomb: as good as absent, and the picture itself is not concerned.
  }
}
