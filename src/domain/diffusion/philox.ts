import type { Generator } from './noise.ts';

/**
 * Random numbers as PyTorch draws them on an NVIDIA GPU: Philox 4x32-10 (Salmon et al., "Parallel Random Numbers: As Easy as 1, 2, 3",
 * 2011), a counter encrypted with the seed. Every tensor has an offset of its own, and every value in it its own counter.
 * @param seed 0 … 2^53 − 1
 */
export function createPhilox(seed: number): Generator {
  const key = [seed % 2 ** 32, Math.floor(seed / 2 ** 32)] as const;
  let drawn = 0;
  const draw = (length: number, value: (x: number, y: number) => number) => {
    const offset = drawn++;
    return Float32Array.from({ length }, (_, index) => value(...encrypt(offset, index, key)));
  };
  return {
    randn: (length) => draw(length, boxMuller),
    uniform: (length) => draw(length, (x) => x / 2 ** 32),
  };
}

const unit = Math.fround(2.3283064e-10);
const turn = Math.fround(2.3283064e-10 * 6.2831855);

/** The sine half of the pair; the cosine half is left, as on the GPU. */
function boxMuller(x: number, y: number): number {
  return Math.sqrt(-2 * Math.log(x * unit + unit / 2)) * Math.sin(y * turn + turn / 2);
}

const rounds = 10;
const multipliers = [0xd2511f53, 0xcd9e8d57] as const;
const keySteps = [0x9e3779b9, 0xbb67ae85] as const;

/** The first two of the four words. */
function encrypt(offset: number, index: number, key: readonly [number, number]): [number, number] {
  let [a, b, c, d] = [offset, 0, index, 0];
  let [k0, k1] = key;
  for (let round = 0; round < rounds; round++) {
    const [high0, low0] = [multiplyHigh(multipliers[0], a), Math.imul(multipliers[0], a)];
    const [high1, low1] = [multiplyHigh(multipliers[1], c), Math.imul(multipliers[1], c)];
    [a, b, c, d] = [(high1 ^ b ^ k0) >>> 0, low1 >>> 0, (high0 ^ d ^ k1) >>> 0, low0 >>> 0];
    [k0, k1] = [(k0 + keySteps[0]) >>> 0, (k1 + keySteps[1]) >>> 0];
  }
  return [a, b];
}

/** The high 32 bits of a product of two unsigned words. */
function multiplyHigh(x: number, y: number): number {
  const [xHigh, xLow, yHigh, yLow] = [x >>> 16, x & 0xffff, y >>> 16, y & 0xffff];
  const middle = xHigh * yLow + Math.floor((xLow * yLow) / 2 ** 16);
  const carried = (middle % 2 ** 16) + xLow * yHigh;
  return xHigh * yHigh + Math.floor(middle / 2 ** 16) + Math.floor(carried / 2 ** 16);
}
