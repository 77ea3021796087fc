/**
 * Full-range sRGB pixels → limited-range BT.709 Y′CbCr in 4:2:0 planes (Y, then Cb, then Cr), the form in which video is shown rightly by
 * every player. Source: ITU-R BT.709-6, items 3.2–3.5, in 16-bit fixed point; each chroma sample is the mean of its 2 × 2 pixels.
 */
export const i420ByteLength = (width: number, height: number) => (width * height * 3) / 2;

/** `rgba` is width × height × 4 bytes, both sides even; writes into `target`, `i420ByteLength` bytes. */
export function rgbaToI420(rgba: Uint8ClampedArray, width: number, height: number, target: Uint8Array): void {
  writeLuma(rgba, width * height, target);
  writeChroma(rgba, width, height, target);
}

/** (219 / 255) × (0.2126, 0.7152, 0.0722) × 2^16, and 16 with rounding. */
function writeLuma(rgba: Uint8ClampedArray, pixels: number, target: Uint8Array): void {
  for (let i = 0, p = 0; i < pixels; i++, p += 4) {
    target[i] = (11966 * rgba[p]! + 40254 * rgba[p + 1]! + 4064 * rgba[p + 2]! + 1081344) >> 16;
  }
}

/** The factors are (224 / 255) × 2^16 × (the rows of the matrix); a sum of four pixels, so the shift is by two bits more. */
function writeChroma(rgba: Uint8ClampedArray, width: number, height: number, target: Uint8Array): void {
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
      target[u++] = (-6596 * r - 22189 * g + 28785 * b + 33685504) >> 18;
      target[v++] = (28785 * r - 26145 * g - 2640 * b + 33685504) >> 18;
    }
  }
}
