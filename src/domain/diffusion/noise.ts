/** Random numbers as a PyTorch CPU generator draws them: the same seed gives the same picture as the reference. */
export interface Generator {
  /** `torch.randn(length, generator=g)`; consecutive calls go on where the last one stopped. */
  readonly randn: (length: number) => Float32Array;
  /** `torch.rand(length, generator=g)`: uniform in [0, 1) with 24 bits. */
  readonly uniform: (length: number) => Float32Array;
}

/** `torch.Generator().manual_seed(seed)`: 0 … 2^53 − 1, of which torch's Mersenne Twister uses the low 32 bits. */
export function createGenerator(seed: number): Generator {
  const next32 = mersenneTwister(seed % 2 ** 32);
  const nextNormal = boxMullerPairs(next32);
  const uniform = (length: number) => Float32Array.from({ length }, () => uniform24(next32));
  return {
    uniform,
    randn: (length) =>
      length < vectorLength ? Float32Array.from({ length }, nextNormal) : vectorisedNormals(uniform, length),
  };
}

/** From this length on, torch fills a tensor in blocks of 16 (`normal_fill` in ATen's DistributionTemplates.h). */
const vectorLength = 16;
const half = vectorLength / 2;
const twoPi = Math.fround(2 * Math.PI);

function uniform24(next32: () => number): number {
  return (next32() & 0xffffff) / 2 ** 24;
}

/** In a last block that is not full, torch draws the tensor's last 16 values anew. */
function vectorisedNormals(uniform: (length: number) => Float32Array, length: number): Float32Array {
  const values = uniform(length);
  const blocks = Math.floor(length / vectorLength);
  for (let block = 0; block < blocks; block++) transformBlock(values, block * vectorLength);
  if (length % vectorLength === 0) return values;
  const tail = length - vectorLength;
  values.set(uniform(vectorLength), tail);
  transformBlock(values, tail);
  return values;
}

/** Box–Muller between the block's halves, in float32 like torch: in double, large values would differ by 1e-6. */
function transformBlock(values: Float32Array, start: number): void {
  for (let at = start; at < start + half; at++) {
    const radius = Math.fround(Math.sqrt(Math.fround(-2 * Math.fround(Math.log(1 - values[at]!)))));
    const angle = Math.fround(twoPi * values[at + half]!);
    values[at] = radius * Math.fround(Math.cos(angle));
    values[at + half] = radius * Math.fround(Math.sin(angle));
  }
}

/** Short tensors: one double at a time, and the pair's second value is kept for the next call (`normal_distribution<double>`). */
function boxMullerPairs(next32: () => number): () => number {
  let kept: number | undefined;
  return () => {
    if (kept !== undefined) {
      const value = kept;
      kept = undefined;
      return value;
    }
    const angle = 2 * Math.PI * uniform53(next32);
    const radius = Math.sqrt(-2 * Math.log1p(-uniform53(next32)));
    kept = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  };
}

function uniform53(next32: () => number): number {
  const high = next32() & 0x1fffff;
  return (high * 2 ** 32 + next32()) / 2 ** 53;
}

const stateLength = 624;
const middle = 397;

/** MT19937 (Matsumoto and Nishimura, 1998): returns unsigned 32-bit integers. */
function mersenneTwister(seed: number): () => number {
  const state = new Uint32Array(stateLength);
  state[0] = seed;
  for (let at = 1; at < stateLength; at++) {
    const previous = state[at - 1]!;
    state[at] = Math.imul(1812433253, previous ^ (previous >>> 30)) + at;
  }
  let position = stateLength;
  return () => {
    if (position === stateLength) {
      twist(state);
      position = 0;
    }
    return temper(state[position++]!);
  };
}

function twist(state: Uint32Array): void {
  for (let at = 0; at < stateLength; at++) {
    const joined = (state[at]! & 0x80000000) | (state[(at + 1) % stateLength]! & 0x7fffffff);
    const odd = joined & 1 ? 0x9908b0df : 0;
    state[at] = state[(at + middle) % stateLength]! ^ (joined >>> 1) ^ odd;
  }
}

function temper(value: number): number {
  let y = value ^ (value >>> 11);
  y ^= (y << 7) & 0x9d2c5680;
  y ^= (y << 15) & 0xefc60000;
  return (y ^ (y >>> 18)) >>> 0;
}
