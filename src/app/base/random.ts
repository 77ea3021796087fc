/** `random` gives 0 ≤ x < 1. 32 bits: what other programs can take too. */
export const drawSeed = (random: () => number) => Math.floor(random() * 2 ** 32);
