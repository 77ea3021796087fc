/** A film as it travels: inside the MP4's comment, in project files, and in storage. */
import * as z from 'zod/mini';
import '../without-eval.ts';
import { AppError } from '../errors.ts';
import { limits } from '../limits.ts';
import { captionSizes } from '../video/caption-size.ts';
import { fittings } from '../video/fitting.ts';
import { gifDefaults } from '../video/gif.ts';
import { motionIds } from '../video/motion.ts';
import { transitionModes } from '../video/plan.ts';
import { projectVersion, type FilmProject } from '../video/project.ts';
import { transitionIds } from '../video/transitions/transitions.ts';
import { speeds } from '../diffusion/fast/speeds.ts';
import { samplerIds } from '../diffusion/samplers/choices.ts';

export interface FilmRecipe {
  readonly version: typeof projectVersion;
  readonly kind: 'film';
  /** Without its pictures and sounds, which do not travel along. */
  readonly project: FilmProject;
  readonly model: { readonly id: string; readonly revision: string };
  /** Who made it: `Zoetrope 0.1.0`. */
  readonly app: string;
}

const { read } = limits;
const id = z.string().check(z.minLength(1), z.maxLength(read.idCharacters));
const text = z.string().check(z.maxLength(read.textCharacters));
const key = z.string().check(z.maxLength(read.keyCharacters));

/** A field that was left empty is NaN; JSON makes null of it. */
const own = z.union([z.number(), z.nan()]);
const number = z.pipe(
  z.nullable(own),
  z.transform((value) => value ?? NaN),
);

const transitionSchema = z.object({
  kind: z.enum(transitionIds),
  frames: number,
  inBetweens: number,
});
const madeSchema = z.object({ assetId: id, key });

const sceneSchema = z.object({
  id,
  prompt: text,
  picture: z.nullable(
    z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('made'), assetId: id, key }),
      z.object({ kind: z.literal('own'), assetId: id }),
    ]),
  ),
  locked: z.boolean(),
  seed: z.nullable(own),
  durationSec: z.nullable(own),
  motion: z.nullable(z.enum(motionIds)),
  caption: z.nullable(text),
  transition: z.nullable(transitionSchema),
  machine: z.exactOptional(text),
  inBetweens: z.array(madeSchema).check(z.maxLength(read.inBetweens)),
});

const musicSchema = z.object({
  assetId: id,
  name: text,
  volumePercent: z._default(number, 100),
  startSec: z._default(number, 0),
});

const gifSchema = z.object({
  sizePercent: number,
  fps: z.nullable(own),
  colours: number,
  maxMegabytes: z.nullable(own),
});

/** The shape only: whether the film can be made is for `filmProblems` to say, so that unfinished ones can be kept. */
const projectSchema = z.object({
  version: z.literal(projectVersion),
  id,
  title: text,
  scenes: z.array(sceneSchema).check(z.maxLength(read.scenes)),
  hero: text,
  style: text,
  negativePrompt: text,
  seedMode: z.enum(['common', 'per-scene']),
  seed: number,
  steps: number,
  guidanceScale: number,
  sampler: z.enum(['model', ...samplerIds]),
  width: number,
  height: number,
  fps: number,
  sceneDurationSec: number,
  transition: transitionSchema,
  transitionMode: z.enum(transitionModes),
  motion: z.enum(motionIds),
  captioned: z.boolean(),
  speed: z._default(z.enum(speeds), 'exact'),
  // Films of before version 0.2 have neither sizes nor silent tracks, and their music no volume.
  fitting: z._default(z.enum(fittings), 'fill'),
  captionSize: z._default(z.enum(captionSizes), 'normal'),
  music: z.nullable(musicSchema),
  musicAfter: z._default(z.array(musicSchema).check(z.maxLength(read.scenes)), []),
  silentTrack: z._default(z.boolean(), true),
  gif: z._default(gifSchema, gifDefaults),
});

const recipeSchema = z.object({
  version: z.literal(projectVersion),
  kind: z.literal('film'),
  project: projectSchema,
  model: z.object({ id: z.string(), revision: z.string() }),
  app: z.string(),
});

const headSchema = z.object({ version: z.number() });

/** Checks data of unknown origin. Throws `file-unreadable` for another version, `file-corrupt` for what is no project. */
export const parseProject = (data: unknown): FilmProject => parse(projectSchema, data);

/** As `parseProject`, for what `filmRecipeJson` wrote. */
export function parseFilmRecipeJson(json: string): FilmRecipe {
  let data: unknown;
  try {
    data = JSON.parse(json);
  } catch (cause) {
    throw new AppError('file-corrupt', 'The film’s recipe is not valid JSON.', { cause });
  }
  return parse(recipeSchema, data);
}

export function filmRecipeJson(
  project: FilmProject,
  model: { readonly id: string; readonly revision: string },
  app: string,
): string {
  const { id: modelId, revision } = model;
  const recipe: FilmRecipe = {
    version: projectVersion,
    kind: 'film',
    project: withoutAssets(project),
    model: { id: modelId, revision },
    app,
  };
  return JSON.stringify(recipe);
}

function withoutAssets(project: FilmProject): FilmProject {
  const scenes = project.scenes.map((scene) => ({ ...scene, picture: null, inBetweens: [] }));
  return { ...project, scenes, music: null, musicAfter: [] };
}

function parse<T>(schema: z.ZodMiniType<T>, data: unknown): T {
  const head = headSchema.safeParse(data);
  if (!head.success) throw new AppError('file-corrupt', 'This is not a film.');
  if (head.data.version !== projectVersion) {
    const message = `This film is of version ${head.data.version}, which this app cannot read.`;
    throw new AppError('file-unreadable', message);
  }
  const { success, data: parsed, error } = schema.safeParse(data);
  if (success) return parsed;
  const [issue] = error.issues;
  throw new AppError('file-corrupt', `The film is damaged: ${issue?.path.join('.')}: ${issue?.message}`);
}
