import { filmProblems, type FieldProblem } from '../video/check-film.ts';
import { filmShape, newProject, newScene, type FilmProject } from '../video/project.ts';
import { planFilm } from '../video/plan.ts';
import { heroUsed } from '../video/prompts.ts';
import { framesIn } from '../video/rates.ts';
import type { Problem } from './problems.ts';
import type { VideoRequest } from './schemas.ts';
import { describeFilmProblem } from '../video/film-problem.ts';

/** What the request may leave open and the page then decides. */
export interface FilmChoices {
  readonly id: string;
  readonly seed: number;
  readonly guidanceScale: number;
  readonly sampler: FilmProject['sampler'];
}

/** The film that a request asks for. */
export function requestedFilm(request: VideoRequest, choices: FilmChoices): FilmProject {
  const scenes = request.scenes.map((prompt, index) => newScene(`${choices.id}-${index + 1}`, prompt));
  const blank = newProject(choices.id, request.seed ?? choices.seed, scenes);
  return {
    ...blank,
    hero: request.hero_description,
    negativePrompt: request.negative_prompt,
    steps: request.num_inference_steps,
    guidanceScale: request.guidance_scale ?? choices.guidanceScale,
    sampler: request.scheduler ?? choices.sampler,
    speed: request.speed,
    width: request.width,
    height: request.height,
    fps: request.fps,
    sceneDurationSec: request.duration_per_scene,
    transition: { ...blank.transition, kind: request.transition, frames: request.transition_frames },
    motion: request.motion,
    silentTrack: request.silent_track,
  };
}

const anyChoices: FilmChoices = { id: 'request', seed: 0, guidanceScale: 1, sampler: 'model' };

const apiFields: Readonly<Record<string, string>> = {
  steps: 'num_inference_steps',
  sceneDurationSec: 'duration_per_scene',
  'transition.frames': 'transition_frames',
  guidanceScale: 'guidance_scale',
  negativePrompt: 'negative_prompt',
  hero: 'hero_description',
};

/** What no single field can tell: too many pixels in all, scenes without a frame, a film that is too long. */
export function filmFaults(request: VideoRequest, place: 'body' | 'query'): Problem[] {
  const toProblem = ({ field, what }: FieldProblem): Problem => {
    const name = apiFields[field] ?? field.split('.')[0]!;
    const input = (request as Readonly<Record<string, unknown>>)[name];
    return {
      type: 'value_error',
      loc: [place, name],
      msg: `Value error, ${describeFilmProblem(what)}`,
      input,
    };
  };
  return filmProblems(requestedFilm(request, anyChoices)).map(toProblem);
}

/** The contract's `info` answer. */
export interface FilmInfo {
  readonly scenes_count: number;
  readonly frames_per_scene: number;
  readonly transition_frames: number;
  readonly total_frames: number;
  readonly total_duration_seconds: number;
  readonly fps: number;
  readonly resolution: string;
  readonly estimated_generation_time_seconds: number;
}

/** `estimateSec`: this device's own, from measured steps. */
export function filmInfo(request: VideoRequest, estimateSec: number): FilmInfo {
  const { totalFrames, totalDurationSec } = planFilm(filmShape(requestedFilm(request, anyChoices)));
  return {
    scenes_count: request.scenes.length,
    frames_per_scene: framesIn(request.duration_per_scene, request.fps),
    transition_frames: request.transition_frames,
    total_frames: totalFrames,
    total_duration_seconds: totalDurationSec,
    fps: request.fps,
    resolution: `${request.width}x${request.height}`,
    estimated_generation_time_seconds: estimateSec,
  };
}

/** The headers that come with a film. */
export function filmHeaders(request: VideoRequest, seed: number): Record<string, string> {
  const { total_duration_seconds: durationSec } = filmInfo(request, 0);
  return {
    'x-video-scenes': String(request.scenes.length),
    'x-video-duration': pythonFloat(durationSec),
    'x-video-fps': String(request.fps),
    'x-hero-used': String(heroUsed({ hero: request.hero_description })),
    'x-seed': String(seed),
  };
}

/** `10.0`, as the original service writes it. */
const pythonFloat = (value: number) => (Number.isInteger(value) ? `${value}.0` : String(value));
