import type { Generator } from './noise.ts';

/**
 * Random numbers as PyTorch draws them on an NVIDIA GPU: Philox 4x32-10 (Salmon et al., "Parallel Random Numbers: As Easy as 1, 2, 3",
 * 2011), a counter encrypted with the seed. Every tensor has an offset of its own, and every value in it its own counter.
 * @param seed 0 … 2^53 − 1
 */
export function createPhilox(seed: number): Generator {
  const encrypt = createCipher(seed % 2 ** 32, Math.floor(seed / 2 ** 32));
  let drawn = 0;
  const draw = (length: number, value: (x: number, y: number) => number) => {
    const offset = drawn++;
    const values = new Float32Array(length);
    const words = new Uint32Array(2);
    for (let index = 0; index < length; index++) {
      encrypt(offset, index, words);
      values[index] = value(words[0]!, words[1]!);
    }
    return values;
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
const multipliers = { a: 0xd2511f53, c: 0xcd9e8d57 } as const;
const keySteps = { first: 0x9e3779b9, second: 0xbb67ae85 } as const;

/** Gives the first two of the four words. In plain integers and without lists: one step of DPM++ SDE draws a million values. */
function createCipher(firstKey: number, secondKey: number) {
  return (offset: number, index: number, words: Uint32Array): void => {
    let a = offset | 0;
    let b = 0;
    let c = index | 0;
    let d = 0;
    let first = firstKey | 0;
    let second = secondKey | 0;
    for (let round = 0; round < rounds; round++) {
      const nextA = multiplyHigh(multipliers.c, c) ^ b ^ first;
      const nextC = multiplyHigh(multipliers.a, a) ^ d ^ second;
      b = Math.imul(multipliers.c, c);
      d = Math.imul(multipliers.a, a);
      a = nextA;
      c = nextC;
      first = (first + keySteps.first) | 0;
      second = (second + keySteps.second) | 0;
    }
    words[0] = a;
    words[1] = b;
  };
}

/** The high 32 bits of a product of two unsigned words. */
function multiplyHigh(x: number, y: number): number {
  const xHigh = x >>> 16;
  const xLow = x & 0xffff;
  const yHigh = y >>> 16;
  const yLow = y & 0xffff;
  const middle = xHigh * yLow + ((xLow * yLow) >>> 16);
  const carried = (middle & 0xffff) + xLow * yHigh;
  return (xHigh * yHigh + (middle >>> 16) + (carried >>> 16)) | 0;
}
