/**
 * Full-range sRGB pixels → limited-range Y′CbCr in 4:2:0 planes (Y, then Cb, then Cr), the form in which video is shown rightly by every player.
 * In 16-bit fixed point; each chroma sample is the mean of its 2 × 2 pixels.
 */
export const i420ByteLength = (width: number, height: number) => (width * height * 3) / 2;

/**
 * Which weights of red, green and blue make luma. BT.709 (ITU-R BT.709-6, items 3.2–3.5) wherever a stream can say so; BT.601 (BT.601-7, 2.5) for
 * VP8, whose stream cannot, so that readers take it for BT.601 whatever the file around it says.
 */
export type ColourMatrix = 'bt709' | 'bt601';

/** Of red, green and blue. Luma: (219 / 255) × 2^16 × the weights; chroma: (224 / 255) × 2^16 × the rows of the matrix. */
interface Factors {
  readonly y: readonly [number, number, number];
  readonly u: readonly [number, number, number];
  readonly v: readonly [number, number, number];
}

const factors: Readonly<Record<ColourMatrix, Factors>> = {
  bt709: { y: [11966, 40254, 4064], u: [-6596, -22189, 28785], v: [28785, -26145, -2640] },
  bt601: { y: [16829, 33039, 6416], u: [-9714, -19071, 28785], v: [28785, -24104, -4681] },
};

/** `rgba` is width × height × 4 bytes, both sides even; writes into `target`, `i420ByteLength` bytes. */
export function rgbaToI420(
  rgba: Uint8ClampedArray,
  width: number,
  height: number,
  target: Uint8Array,
  matrix: ColourMatrix = 'bt709',
): void {
  writeLuma(rgba, width * height, target, factors[matrix]);
  writeChroma(rgba, width, height, target, factors[matrix]);
}

/** 16, with rounding. */
function writeLuma(rgba: Uint8ClampedArray, pixels: number, target: Uint8Array, { y }: Factors): void {
  const [red, green, blue] = y;
  for (let i = 0, p = 0; i < pixels; i++, p += 4) {
    target[i] = (red * rgba[p]! + green * rgba[p + 1]! + blue * rgba[p + 2]! + 1081344) >> 16;
  }
}

/** A sum of four pixels, so the shift is by two bits more. */
function writeChroma(
  rgba: Uint8ClampedArray,
  width: number,
  height: number,
  target: Uint8Array,
  { u: [ur, ug, ub], v: [vr, vg, vb] }: Factors,
): void {
  const stride = width * 4;
  let u = width * height;
  let v = u + u / 4;
  for (let y = 0; y < height; y += 2) {
    let p = y * stride;
    for (let x = 0; x < width; x += 2, p += 8) {
      const q = p + stride;
      const r = rgba[p]! + rgba[p + 4]! + rgba[q]! + rgba[q + 4]!;
      const g = rgba[p + 1]! + rgba[p + 5]! + rgba[q + 1]! + rgba[q + 5]!;
      const b = rgba[p + 2]! + rgba[p + 6]! + rgba[q + 2]! + rgba[q + 6]!;
      target[u++] = (ur * r + ug * g + ub * b + 33685504) >> 18;
      target[v++] = (vr * r + vg * g + vb * b + 33685504) >> 18;
    }
  }
}
