import * as z from 'zod/mini';
import '../without-eval.ts';
import type { Enlarging } from '../diffusion/edit/enlarging.ts';
import type { Inpainting } from '../diffusion/edit/inpainting.ts';
import { speeds } from '../diffusion/fast/speeds.ts';
import { noiseSources } from '../diffusion/noise-source.ts';
import { scheduleIds } from '../diffusion/samplers/schedule-ids.ts';
import { AppError } from '../errors.ts';
import type { UsedExtra } from '../model/extra.ts';
import { limits } from '../limits.ts';
import type { ImageSettings } from '../diffusion/image-settings.ts';
import { enlargingSchema, hiresSchema, inpaintingSchema } from './edit-schemas.ts';
import { strengthSchema, wholeWithin, within } from './number-schemas.ts';
import { samplerIds } from '../diffusion/samplers/choices.ts';

/** Everything that made one picture. It travels inside the PNG, in links and with each work that is kept. */
export interface ImageRecipe {
  readonly version: 1;
  readonly kind: 'image';
  readonly settings: ImageSettings;
  /** As in `ModelRef`, without the place it is fetched from. */
  readonly model: { readonly id: string; readonly revision: string };
  /** The picture began from another one, which does not travel along. */
  readonly source?: {
    readonly strength: number;
    /** Of that one only what a mask showed was drawn; the mask does not travel along either. */
    readonly inpaint?: Inpainting;
  };
  /** Afterwards it was made larger. */
  readonly enlarged?: Enlarging;
  readonly backend?: 'webgpu' | 'wasm';
  /** Another machine drew it, of this kind (`MachineKind`; later versions may know more). Where that stands is told nowhere. */
  readonly machine?: { readonly kind: string };
  /** LoRAs and embeddings that the prompts call; their weights stand in the prompt. */
  readonly extras?: readonly UsedExtra[];
  /** Who made it: `Zoetrope 0.1.0`. */
  readonly app: string;
}

const recipeVersion = 1;

const variationSchema = z.object({
  seed: z.int().check(z.minimum(0)),
  strength: z.number().check(z.minimum(limits.strength.min), z.maximum(limits.strength.max)),
});

export const settingsSchema = z.object({
  prompt: z.string(),
  negativePrompt: z.string(),
  steps: wholeWithin(limits.steps),
  guidanceScale: within(limits.read.guidanceScale),
  seed: wholeWithin(limits.seed),
  width: wholeWithin(limits.read.side),
  height: wholeWithin(limits.read.side),
  sampler: z.enum(['model', ...samplerIds]),
  schedule: z.optional(z.enum(scheduleIds)),
  noise: z.exactOptional(z.enum(noiseSources)),
  variation: z.exactOptional(variationSchema),
  speed: z.exactOptional(z.enum(speeds)),
  vae: z.optional(z.string()),
  hires: z.exactOptional(hiresSchema),
  clipSkip: z.exactOptional(wholeWithin(limits.clipSkip)),
});

const recipeSchema = z.object({
  version: z.literal(recipeVersion),
  kind: z.literal('image'),
  settings: settingsSchema,
  model: z.object({ id: z.string(), revision: z.string() }),
  source: z.exactOptional(z.object({ strength: strengthSchema, inpaint: z.exactOptional(inpaintingSchema) })),
  enlarged: z.exactOptional(enlargingSchema),
  backend: z.exactOptional(z.enum(['webgpu', 'wasm'])),
  machine: z.exactOptional(z.object({ kind: z.string() })),
  extras: z.exactOptional(
    z.array(z.object({ kind: z.enum(['lora', 'embedding', 'vae']), name: z.string(), hash: z.string() })),
  ),
  app: z.string(),
});

const headSchema = z.object({ version: z.number(), kind: z.string() });

/**
 * Checks data of unknown origin. Keys that we do not know are dropped.
 * Throws `file-unreadable` for a recipe of another version or kind, `file-corrupt` for what is no recipe at all.
 */
export function parseRecipe(data: unknown): ImageRecipe {
  const head = headSchema.safeParse(data);
  if (!head.success) throw new AppError('file-corrupt', 'This is not a recipe.');
  const { version, kind } = head.data;
  if (version !== recipeVersion) {
    throw new AppError(
      'file-unreadable',
      `This recipe is of version ${version}, which this app cannot read.`,
    );
  }
  if (kind !== 'image') {
    throw new AppError('file-unreadable', `This recipe makes a "${kind}", which this app cannot read.`);
  }
  const { success, data: recipe, error } = recipeSchema.safeParse(data);
  if (!success) throw new AppError('file-corrupt', `The recipe is damaged: ${describeIssues(error)}`);
  return recipe;
}

/** As `parseRecipe`, from JSON. */
export function parseRecipeJson(json: string): ImageRecipe {
  let data: unknown;
  try {
    data = JSON.parse(json);
  } catch (cause) {
    throw new AppError('file-corrupt', 'The recipe is not valid JSON.', { cause });
  }
  return parseRecipe(data);
}

/** Never has a character beyond ASCII, so that lone surrogates survive every encoding. */
export function recipeJson(recipe: ImageRecipe): string {
  return JSON.stringify(recipe).replace(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function describeIssues(error: z.core.$ZodError): string {
  return error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ');
}
