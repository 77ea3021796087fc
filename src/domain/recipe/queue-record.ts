/** A job of the queue as it lies in storage. */
import * as z from 'zod/mini';
import '../without-eval.ts';
import { speeds } from '../diffusion/fast/speeds.ts';
import { AppError } from '../errors.ts';
import { limits } from '../limits.ts';
import { inpaintingSchema } from './edit-schemas.ts';
import { gridAxesSchema } from './grid-recipe.ts';
import { parseProject } from './film-recipe.ts';
import type { QueueJob } from './queue-job.ts';
import { strengthSchema } from './number-schemas.ts';
import { settingsSchema } from './recipe.ts';

export const queueVersion = 1;

/** `owner` is the page that makes it, `place` its place among the others. */
export interface QueueRecord {
  readonly version: typeof queueVersion;
  readonly id: string;
  readonly owner: string;
  readonly place: number;
  readonly job: QueueJob;
  /** Bytes, not a Blob: those are unreliable in the IndexedDB of iOS. */
  readonly source: { readonly mediaType: string; readonly bytes: ArrayBuffer } | null;
}

const text = z.string();
const amount = z.number().check(z.minimum(0));
const common = {
  label: text,
  model: z.object({ id: text, revision: text }),
  backend: z.enum(['auto', 'webgpu', 'wasm']),
};

const side = z.int().check(z.minimum(limits.read.side.min), z.maximum(limits.read.side.max));
const inpaintJobSchema = z.extend(inpaintingSchema, {
  width: side,
  height: side,
  mask: z.instanceof(Uint8Array),
});

const pictureSchema = z.object({
  kind: z.literal('picture'),
  ...common,
  settings: settingsSchema,
  count: z.int().check(z.minimum(limits.count.min), z.maximum(limits.gridCells.max)),
  made: z.int().check(z.minimum(0)),
  source: z.nullable(
    z.object({
      name: text,
      strength: strengthSchema,
      from: z.exactOptional(text),
      inpaint: z.exactOptional(inpaintJobSchema),
    }),
  ),
  grid: z.exactOptional(gridAxesSchema),
});

const filmSchema = z.object({
  kind: z.literal('film'),
  ...common,
  project: z.unknown(),
  format: z.nullable(z.enum(['mp4', 'webm', 'gif', 'png-zip'])),
  encoder: z.enum(['auto', 'ffmpeg']),
  cost: z.object({
    pictures: amount,
    steps: amount,
    width: amount,
    height: amount,
    guidanceScale: amount,
    speed: z.exactOptional(z.enum(speeds)),
    encodeSec: amount,
  }),
});

const recordSchema = z.object({
  version: z.literal(queueVersion),
  id: text,
  owner: text,
  place: z.number(),
  job: z.discriminatedUnion('kind', [pictureSchema, filmSchema]),
  source: z.nullable(z.object({ mediaType: text, bytes: z.instanceof(ArrayBuffer) })),
});

/** Undefined for records of another version and for anything else: such are skipped, never deleted. */
export function readQueueRecord(data: unknown): QueueRecord | undefined {
  const record = recordSchema.safeParse(data).data;
  if (!record) return undefined;
  const job = readJob(record.job);
  return job && { ...record, job };
}

function readJob(job: z.infer<typeof recordSchema>['job']): QueueJob | undefined {
  if (job.kind === 'picture') return job;
  try {
    return { ...job, project: parseProject(job.project) };
  } catch (error) {
    if (error instanceof AppError) return undefined; // A film of a later version of the app.
    throw error;
  }
}
