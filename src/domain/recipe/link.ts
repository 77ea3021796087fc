/** A recipe in an address, `#r=…`: JSON, deflated, base64url. Nothing of it reaches a server, since browsers do not send fragments. */
import { AppError } from '../errors.ts';
import { parseRecipeJson, recipeJson, type ImageRecipe } from './recipe.ts';
import { decodeUtf8, encodeUtf8 } from './text-bytes.ts';

/** Raw deflate. `inflate` must reject when more than `maxBytes` would come out. */
export interface LinkCompression {
  deflate(data: Uint8Array<ArrayBuffer>): Promise<Uint8Array>;
  inflate(data: Uint8Array<ArrayBuffer>, maxBytes: number): Promise<Uint8Array>;
}

const prefix = '#r=';
const maxFragmentLength = 200_000;
const maxJsonBytes = 1024 * 1024;

/** The fragment with its `#`. */
export async function recipeToFragment(recipe: ImageRecipe, compression: LinkCompression): Promise<string> {
  return prefix + toBase64Url(await compression.deflate(encodeUtf8(recipeJson(recipe))));
}

/**
 * Null when the fragment holds no recipe. Throws `file-corrupt` for a damaged link (messengers cut long ones),
 * `file-unreadable` for one of a later version.
 */
export async function recipeFromFragment(
  fragment: string,
  compression: LinkCompression,
): Promise<ImageRecipe | null> {
  if (!fragment.startsWith(prefix)) return null;
  return parseRecipeJson(decodeUtf8(await unpack(fragment.slice(prefix.length), compression)));
}

async function unpack(packed: string, compression: LinkCompression): Promise<Uint8Array> {
  try {
    if (packed.length > maxFragmentLength) throw new RangeError('longer than any recipe');
    return await compression.inflate(fromBase64Url(packed), maxJsonBytes);
  } catch (cause) {
    throw new AppError('file-corrupt', 'The link is damaged or was cut off.', { cause });
  }
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** RFC 4648 §5, without padding. */
export function toBase64Url(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const group = (bytes[i]! << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    const digits = Math.min(4, bytes.length - i + 1);
    for (let digit = 0; digit < digits; digit++) text += alphabet[(group >> (18 - 6 * digit)) & 63];
  }
  return text;
}

/** Throws `RangeError` for other characters than those of `toBase64Url`. */
export function fromBase64Url(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4));
  let [bits, bitCount, at] = [0, 0, 0];
  for (const digit of text) {
    const value = alphabet.indexOf(digit);
    if (value < 0) throw new RangeError(`"${digit}" is not base64url`);
    bits = ((bits << 6) | value) & 0xffff;
    bitCount += 6;
    if (bitCount >= 8) bytes[at++] = (bits >> (bitCount -= 8)) & 0xff;
  }
  return bytes;
}
