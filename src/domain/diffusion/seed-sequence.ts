/**
 * Seeds that are derived from a seed and a place in a tree: `numpy.random.SeedSequence(entropy, spawn_key=key, pool_size=24)`, as torchsde
 * uses it. Source: O'Neill, "Developing a seed_seq Alternative" (2015), with numpy's constants.
 * @param seed 0 … 2^53 − 1
 * @param key unsigned 32-bit words; none for the root
 * @returns the first 32-bit word of `generate_state`
 */
export function derivedSeed(seed: number, key: readonly number[]): number {
  return firstWord(mixedPool(entropyWords(seed, key)));
}

const poolSize = 24;
const hashing = { first: 0x43b0d7e5, times: 0x931e8875 };
const output = { first: 0x8b51f9dd, times: 0x58f38ded };
const mixing = { left: 0xca01f9dd, right: 0x4973f715 };

/** Low word first; keys begin behind a full pool, so that no seed runs into them. */
function entropyWords(seed: number, key: readonly number[]): readonly number[] {
  const high = Math.floor(seed / 2 ** 32);
  const words = high === 0 ? [seed] : [seed % 2 ** 32, high];
  if (key.length === 0) return words;
  const padding = Array.from({ length: poolSize - words.length }, () => 0);
  return [...words, ...padding, ...key];
}

function mixedPool(entropy: readonly number[]): Uint32Array {
  const hash = createHash(hashing);
  const pool = Uint32Array.from({ length: poolSize }, (_, at) => hash(entropy[at] ?? 0));
  for (let from = 0; from < poolSize; from++) {
    for (let to = 0; to < poolSize; to++) {
      if (from !== to) pool[to] = mix(pool[to]!, hash(pool[from]!));
    }
  }
  for (const word of entropy.slice(poolSize)) {
    for (let to = 0; to < poolSize; to++) pool[to] = mix(pool[to]!, hash(word));
  }
  return pool;
}

const firstWord = (pool: Uint32Array): number => createHash(output)(pool[0]!);

/** Every call hashes with another constant. */
function createHash({ first, times }: typeof hashing): (word: number) => number {
  let constant = first;
  return (word) => {
    const mixed = word ^ constant;
    constant = Math.imul(constant, times);
    return folded(Math.imul(mixed, constant));
  };
}

const mix = (x: number, y: number) => folded(Math.imul(mixing.left, x) - Math.imul(mixing.right, y));

const folded = (word: number) => ((word >>> 0) ^ (word >>> 16)) >>> 0;
