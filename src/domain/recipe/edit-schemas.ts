/** How a picture was edited, as recipes carry it. */
import * as z from 'zod/mini';
import '../without-eval.ts';
import { enlargeScales } from '../diffusion/edit/enlarging.ts';
import { inpaintAreas, maskedContents } from '../diffusion/edit/inpainting.ts';
import { limits } from '../limits.ts';
import { strengthSchema, wholeWithin, within } from './number-schemas.ts';

export const inpaintingSchema = z.object({
  content: z.enum(maskedContents),
  area: z.enum(inpaintAreas),
  paddingPx: wholeWithin(limits.edit.paddingPx),
  featherPx: wholeWithin(limits.edit.featherPx),
});

const scale = z.literal(enlargeScales);

export const enlargingSchema = z.discriminatedUnion('how', [
  z.object({ how: z.literal('filter'), scale }),
  z.object({
    how: z.literal('detail'),
    scale,
    strength: strengthSchema,
    tilePx: wholeWithin(limits.read.side),
    overlapPx: wholeWithin(limits.edit.overlapPx),
  }),
  z.object({ how: z.literal('network'), scale, network: z.string() }),
]);

export const hiresSchema = z.object({
  scale: within(limits.hires.scale),
  steps: wholeWithin(limits.hires.steps),
  strength: strengthSchema,
  upscaler: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('lanczos') }),
    z.object({ kind: z.literal('latent') }),
    z.object({ kind: z.literal('network'), name: z.string() }),
  ]),
});
