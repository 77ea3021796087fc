/** What the API's two kinds of work take: one place for fields, defaults, limits and the words about them. */
import { z } from 'zod';
import '../without-eval.ts';
import { enlargeScales, usualDetail } from '../diffusion/edit/enlarging.ts';
import { inpaintAreas, maskedContents, usualInpainting } from '../diffusion/edit/inpainting.ts';
import { limits } from '../limits.ts';
import { noiseSources } from '../diffusion/noise-source.ts';
import { speeds } from '../diffusion/fast/speeds.ts';
import { scheduleIds } from '../diffusion/samplers/schedule-ids.ts';
import { motionIds } from '../video/motion.ts';
import { fractionalRates, isRate } from '../video/rates.ts';
import { filmDefaults } from '../video/project.ts';
import { transitionIds } from '../video/transitions/transitions.ts';
import { samplerIds } from '../diffusion/samplers/choices.ts';

/** Films are written in one of these. */
export const filmFormats = ['mp4', 'webm', 'gif'] as const;
export type FilmFormat = (typeof filmFormats)[number];

const { promptCharacters, modelIdCharacters, steps, guidanceScale, seed, strength, clipSkip, pictureSide } =
  limits;
const { edit } = limits;
const { side, fps, durationSec, transitionFrames, scenes } = limits.film;

/** Half of a surrogate pair is no text that a tokenizer or a file name could take. */
const text = z
  .string()
  .max(promptCharacters)
  .refine((value) => !/\p{Surrogate}/u.test(value), {
    error: 'Input should be a valid string, unable to parse raw data as a unicode string',
    params: { type: 'string_unicode' },
  });
const prompt = text
  .min(1)
  .refine((value) => value === '' || value.trim() !== '', { error: 'should not be blank' });
const samplers = [...samplerIds, 'model'] as const;

const numInferenceSteps = z
  .int()
  .min(steps.min)
  .max(steps.max)
  .default(filmDefaults.steps)
  .describe('Denoising steps. 10 to 50 are sensible for most models.');

/** Fields that both kinds of work share, beyond the original service's. */
const common = {
  negative_prompt: text.default('').describe('What the picture should not show.'),
  guidance_scale: z
    .number()
    .min(guidanceScale.min)
    .max(guidanceScale.max)
    .nullable()
    .default(null)
    .describe("How closely to follow the prompt; 1 means without guidance. Without it: the model's own."),
  seed: z
    .int()
    .min(seed.min)
    .max(seed.max)
    .nullable()
    .default(null)
    .describe(
      'The same seed and settings make the same picture. Without it: a random one, told in the answer.',
    ),
  speed: z
    .enum(speeds)
    .default('exact')
    .describe(
      '`exact`: every step as the model asks for it. `fast`: about half the time and nearly the same picture, for some steps are forecast.',
    ),
  dynamic_prompts: z
    .boolean()
    .default(false)
    .describe(
      'True: of `{a|b}` one is drawn, and of `__name__` a line of the list that the page keeps under that name, the same for the same seed; each scene of a film draws for itself. False: both are text.',
    ),
  scheduler: z
    .enum(samplers)
    .nullable()
    .default(null)
    .describe("The sampler; `model` is the one that the model ships with. Without it: the model's best."),
  model: z
    .string()
    .min(1)
    .max(modelIdCharacters)
    .nullable()
    .default(null)
    .describe('`built-in` or the id of a model that was downloaded in the page. Without it: the chosen one.'),
};

const ownSide = z
  .int()
  .min(pictureSide.min)
  .max(pictureSide.max)
  .nullable()
  .default(null)
  .describe("Pixels. Without it: the model's own size.");

const picture = z.string().refine((value) => /^(?:data:[^,]{0,100},)?[A-Za-z0-9+/]+={0,2}$/.test(value), {
  error: 'should be a file in base64',
});

/** What a picture that begins from another takes. */
const begun = {
  strength: z
    .number()
    .min(strength.min)
    .max(strength.max)
    .default(0.75)
    .describe('With `image`: 0 keeps it, 1 ignores it.'),
  masked_content: z
    .enum(maskedContents)
    .default(usualInpainting.content)
    .describe('With `mask`: what drawing begins from under it: the picture, the colours around, or noise.'),
  inpaint_area: z
    .enum(inpaintAreas)
    .default(usualInpainting.area)
    .describe(
      'With `mask`: the whole picture is drawn, or only what lies around the mask, enlarged to `width` × `height`.',
    ),
  mask_padding: z
    .int()
    .min(edit.paddingPx.min)
    .max(edit.paddingPx.max)
    .default(usualInpainting.paddingPx)
    .describe('With `inpaint_area` `masked`: pixels around the mask that are drawn too.'),
  mask_feather: z
    .int()
    .min(edit.featherPx.min)
    .max(edit.featherPx.max)
    .default(usualInpainting.featherPx)
    .describe('Pixels inwards from the edge of the mask over which the new goes over into the old.'),
};
const imageWords = 'A picture file in base64 (or a file of a form) to begin from.';
const maskWords =
  'A picture file like `image`: what is white in it is drawn anew. Where it is black every byte of the picture stays.';

export const generateSchema = z.object({
  prompt: prompt.describe('What the picture shows.').meta({ examples: ['A cute robot playing guitar'] }),
  num_inference_steps: numInferenceSteps,
  return_base64: z
    .boolean()
    .default(false)
    .describe('True: JSON with the PNG in base64. False: the PNG itself.'),
  width: ownSide,
  height: ownSide,
  ...common,
  schedule: z
    .enum(scheduleIds)
    .nullable()
    .default(null)
    .describe("The noise schedule, for samplers that can take another one. Without it: the sampler's own."),
  noise: z
    .enum(noiseSources)
    .default('torch-cpu')
    .describe(
      'Whose random numbers a seed stands for: PyTorch on the CPU, or on an NVIDIA GPU as AUTOMATIC1111 and Forge use it.',
    ),
  variation_seed: z
    .int()
    .min(seed.min)
    .max(seed.max)
    .default(0)
    .describe('The seed whose noise is mixed in, as AUTOMATIC1111 does it, by `variation_strength`.'),
  variation_strength: z
    .number()
    .min(strength.min)
    .max(strength.max)
    .default(0)
    .describe('0: the noise of `seed` alone; 1: that of `variation_seed` alone.'),
  clip_skip: z
    .int()
    .min(clipSkip.min)
    .max(clipSkip.max)
    .default(clipSkip.min)
    .describe(
      'The last layer of the text encoder that counts, from the end, as AUTOMATIC1111 counts: 1 uses all. Models of ONNX graphs always do.',
    ),
  image: picture.nullable().default(null).describe(imageWords),
  mask: picture.nullable().default(null).describe(maskWords),
  ...begun,
});

/** As `generateSchema`, of a picture that must be there. */
export const inpaintSchema = generateSchema.extend({
  image: picture.describe(imageWords),
  mask: picture.describe(maskWords),
});

const upscaleMethods = ['filter', 'detail'] as const;

export const upscaleSchema = z.object({
  image: picture.describe(
    `A picture file in base64 (or a file of a form). The result has at most ${edit.largestSide} pixels a side.`,
  ),
  scale: z.literal(enlargeScales).default(2).describe('How many times as large each side becomes.'),
  method: z
    .enum(upscaleMethods)
    .default('filter')
    .describe('`filter`: Lanczos, at once. `detail`: image-to-image in tiles, with `prompt` and `strength`.'),
  prompt: text.default('').describe('With `detail`: what the picture shows.'),
  num_inference_steps: numInferenceSteps,
  strength: z
    .number()
    .min(strength.min)
    .max(strength.max)
    .default(usualDetail.strength)
    .describe('With `detail`: 0 keeps the picture, 1 ignores it.'),
  overlap: z
    .int()
    .min(edit.overlapPx.min)
    .max(edit.overlapPx.max)
    .default(usualDetail.overlapPx)
    .describe('With `detail`: pixels that a tile lies over its neighbour.'),
  return_base64: z
    .boolean()
    .default(false)
    .describe('True: JSON with the PNG in base64. False: the PNG itself.'),
  ...common,
});

const filmSide = (value: number) =>
  z
    .int()
    .multipleOf(2)
    .min(side.min)
    .max(side.max)
    .default(value)
    .describe('Pixels; even, as H.264 needs it.');

export const videoSchema = z.object({
  scenes: z
    .array(prompt)
    .max(scenes.max)
    .describe('What each scene shows, in order. At least two.')
    .meta({ minItems: scenes.min, examples: [['A calm beach at sunset', 'A magical forest at night']] }),
  hero_description: text
    .default('')
    .describe('A character that is woven into every scene, drawn from the same starting noise.'),
  num_inference_steps: numInferenceSteps,
  duration_per_scene: z
    .number()
    .gt(durationSec.min)
    .max(durationSec.max)
    .default(filmDefaults.sceneDurationSec)
    .describe('Seconds; each scene has floor(duration × fps) frames.'),
  fps: z
    .number()
    .min(fps.min)
    .max(fps.max)
    .refine(isRate, { params: { type: 'int_from_float' } })
    .default(filmDefaults.fps)
    .describe(`Frames per second: a whole number, or ${fractionalRates.join(', ')} (24000/1001 and so on).`),
  width: filmSide(filmDefaults.width),
  height: filmSide(filmDefaults.height),
  transition_frames: z
    .int()
    .min(transitionFrames.min)
    .max(transitionFrames.max)
    .default(filmDefaults.transition.frames)
    .describe('Blended frames that are added between two scenes.'),
  transition: z.enum(transitionIds).default(filmDefaults.transition.kind).describe('How scenes change.'),
  motion: z.enum(motionIds).default(filmDefaults.motion).describe('Camera motion in every scene.'),
  format: z.enum(filmFormats).default('mp4').describe('The kind of file.'),
  silent_track: z
    .boolean()
    .default(true)
    .describe('A sound track without a sound in an MP4: some programs show films without one as GIFs.'),
  ...common,
});

export type GenerateRequest = z.output<typeof generateSchema>;
export type UpscaleRequest = z.output<typeof upscaleSchema>;
export type VideoRequest = z.output<typeof videoSchema>;

/** What a sender may write: everything that has a default may be left out. */
export type GenerateFields = z.input<typeof generateSchema>;
export type InpaintFields = z.input<typeof inpaintSchema>;
export type UpscaleFields = z.input<typeof upscaleSchema>;
export type VideoFields = z.input<typeof videoSchema>;
