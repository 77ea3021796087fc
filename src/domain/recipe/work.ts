import * as z from 'zod/mini';
import '../without-eval.ts';

/** A picture or film that is kept, without its file and thumbnail. Plain data: it is stored and exported as it is. */
export interface Work {
  readonly version: typeof workVersion;
  /** Sorts by time: see `newWorkId`. */
  readonly id: string;
  readonly createdAtMs: number;
  readonly kind: 'image' | 'film';
  /** What a search looks through: the prompt, or all prompts of a film. */
  readonly text: string;
  /** An `ImageRecipe`, a film project, or null. Opaque here, so that a recipe of another version is not lost. */
  readonly recipe: unknown;
  readonly mediaType: string;
  readonly sizeBytes: number;
  readonly width: number;
  readonly height: number;
  /** Films only. */
  readonly durationSec?: number;
  readonly favourite: boolean;
  /** Who asked for it, where that was not the person at the page. */
  readonly via?: 'api';
  /** The work that it was made from: edited, enlarged or varied. It may be gone by now. */
  readonly from?: string;
}

export const workVersion = 1;

const workIdSchema = z.string().check(z.regex(/^[a-z0-9-]{1,64}$/));

const workSchema = z.object({
  version: z.literal(workVersion),
  id: workIdSchema,
  createdAtMs: z.number(),
  kind: z.enum(['image', 'film']),
  text: z.string(),
  recipe: z.unknown(),
  mediaType: z.string().check(z.regex(/^(image|video)\/[a-z0-9.+-]+$/)),
  sizeBytes: z.int().check(z.minimum(0)),
  width: z.int().check(z.minimum(1)),
  height: z.int().check(z.minimum(1)),
  durationSec: z.exactOptional(z.number()),
  favourite: z.boolean(),
  via: z.exactOptional(z.literal('api')),
  from: z.exactOptional(workIdSchema),
});

/** Undefined for records of another version and for anything else: such are skipped, never deleted. */
export function readWork(data: unknown): Work | undefined {
  return workSchema.safeParse(data).data;
}

/** Ids sort in the order of time, also across tabs; `random` is 0 … 1. */
export function newWorkId(nowMs: number, random: number): string {
  const time = Math.floor(nowMs).toString(36).padStart(9, '0');
  const suffix = Math.floor(random * 36 ** 6).toString(36);
  return `${time}-${suffix.padStart(6, '0')}`;
}

/** Every word of the search is somewhere in the text, whatever the case and the accents. */
export function matchesSearch(work: Pick<Work, 'text'>, search: string): boolean {
  const text = plain(work.text);
  return plain(search)
    .split(/\s+/)
    .every((word) => text.includes(word));
}

function plain(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}
