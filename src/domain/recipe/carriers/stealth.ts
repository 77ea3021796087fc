/**
 * Texts in the lowest bits of pixels, column by column: of alpha (NovelAI, Forge, SwarmUI), or of red, green and blue. They outlive
 * programs that drop a file's texts.
 */
import type { RgbaImage } from '../../diffusion/image/image.ts';
import { decodeLatin1, decodeUtf8 } from '../text-bytes.ts';

/** Undoes gzip. Must reject when more than `maxBytes` would come out. */
export type Gunzip = (data: Uint8Array<ArrayBuffer>, maxBytes: number) => Promise<Uint8Array>;

const signatures = {
  stealth_pnginfo: { colours: [3], compressed: false },
  stealth_pngcomp: { colours: [3], compressed: true },
  stealth_rgbinfo: { colours: [0, 1, 2], compressed: false },
  stealth_rgbcomp: { colours: [0, 1, 2], compressed: true },
} as const;

const signatureBytes = 15;
const lengthBytes = 4;
const maxTextBytes = 4 * 1024 * 1024;

/** Null when the pixels hold none. */
export async function readStealth(image: RgbaImage, gunzip: Gunzip): Promise<string | null> {
  for (const [signature, { colours, compressed }] of Object.entries(signatures)) {
    const read = (from: number, count: number) => bytesIn(image, colours, from, count);
    if (decodeLatin1(read(0, signatureBytes)) !== signature) continue;
    const head = read(signatureBytes, lengthBytes);
    const length = Math.floor(new DataView(head.buffer).getUint32(0) / 8);
    const start = signatureBytes + lengthBytes;
    if ((start + length) * 8 > image.width * image.height * colours.length) return null;
    const body = read(start, length);
    return unpack(body, compressed ? gunzip : null);
  }
  return null;
}

async function unpack(body: Uint8Array<ArrayBuffer>, gunzip: Gunzip | null): Promise<string | null> {
  try {
    return decodeUtf8(gunzip ? await gunzip(body, maxTextBytes) : body);
  } catch {
    return null; // Pixels that were changed afterwards: as good as none.
  }
}

/** `count` bytes from the lowest bits, the first bit the highest; columns from left to right, each from top to bottom. */
function bytesIn(
  { data, width, height }: RgbaImage,
  colours: readonly number[],
  from: number,
  count: number,
): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(count);
  for (let at = 0; at < count * 8; at++) {
    const bit = from * 8 + at;
    const pixel = Math.floor(bit / colours.length);
    const [x, y] = [Math.floor(pixel / height), pixel % height];
    if (x >= width) break;
    const value = data[4 * (y * width + x) + colours[bit % colours.length]!]!;
    bytes[at >> 3]! |= (value & 1) << (7 - (at & 7));
  }
  return bytes;
}
