import type { createWords } from './en/words.ts';

/** Everything that the page says. English decides what there is: a language that lacks a key, or has one too many, does not compile. */
export type Words = ReturnType<typeof createWords>;

export type MachineWords = Awaited<ReturnType<Words['machines']>>;
