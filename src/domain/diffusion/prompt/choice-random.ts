/** Chance for choices in prompts, the same for the same seed. */

/** 0 ≤ x < 1. */
export type Random = () => number;

/** Mulberry32 (Tommy Ettinger, public domain), over both halves of the seed. */
export function choiceRandom(seed: number): Random {
  let state = (seed >>> 0) ^ Math.imul(Math.floor(seed / 2 ** 32), 0x9e3779b1);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let bits = Math.imul(state ^ (state >>> 15), 1 | state);
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits;
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** `count` of them by their weights, none twice; all of them, mixed, where there are no more. Of weights that are all 0 each counts 1. */
export function pickWeighted<T extends { readonly weight: number }>(
  random: Random,
  from: readonly T[],
  count: number,
): readonly T[] {
  const left = [...from];
  const chosen: T[] = [];
  while (chosen.length < count && left.length > 0) chosen.push(...left.splice(drawnIndex(random, left), 1));
  return chosen;
}

function drawnIndex(random: Random, left: readonly { readonly weight: number }[]): number {
  const total = left.reduce((sum, { weight }) => sum + weight, 0);
  let point = random() * (total || left.length);
  const at = left.findIndex(({ weight }) => (point -= total ? weight : 1) < 0);
  return at < 0 ? left.length - 1 : at;
}
