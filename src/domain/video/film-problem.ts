/** What can be wrong with a film, as facts. The page has words for them in each language; these, in English, are for the API and for error boxes. */
import { AppError } from '../errors.ts';

/** What is counted in a field of a film. */
export type FilmUnit = 'fps' | 'steps' | 'pixels' | 'frames' | 'pictures' | 'seconds';

const units: Record<FilmUnit, string> = {
  fps: 'frames per second',
  steps: 'steps',
  pixels: 'pixels',
  frames: 'frames',
  pictures: 'pictures',
  seconds: 'seconds',
};

const grouped = (value: number) => value.toLocaleString('en');

export const filmProblemTexts = {
  fewScenes: (min: number) => `At least ${min} scenes required`,
  manyScenes: (max: number) => `At most ${max} scenes`,
  manyPixels: (width: number, height: number) => `At most ${width} × ${height} pixels in all.`,
  tooLong: (max: number) => `At most ${max} characters.`,
  emptyScene: () => 'Write what this scene shows, or give it a picture of your own.',
  manyFrames: (frames: number, max: number) =>
    `This makes ${grouped(frames)} frames; at most ${grouped(max)} fit (ten minutes at 60 fps).`,
  overlapped: (transitionFrames: number, frames: number) =>
    `The transitions overlap this scene by ${transitionFrames} frames, but it lasts only ${frames}: make it longer or them shorter.`,
  noFrames: () => 'A scene needs at least one frame: make it longer.',
  duration: (max: number) => `More than 0 and at most ${max} seconds.`,
  odd: () => 'Must be even: H.264 needs it.',
  notWhole: (min: number, max: number, unit: FilmUnit | null) =>
    `A whole number${unit ? ` of ${units[unit]}` : ''}, ${min} to ${max}.`,
  noRate: (min: number, max: number, others: readonly number[]) =>
    `A whole number of frames per second, ${min} to ${max}, or one of ${others.join(', ')}.`,
  outside: (min: number, max: number, unit: FilmUnit | null) =>
    `Between ${min} and ${max}${unit ? ` ${units[unit]}` : ''}.`,
};

type Texts = typeof filmProblemTexts;

/** Which it is, and the numbers that belong to it. */
export type FilmProblem = {
  [K in keyof Texts]: { readonly say: K; readonly with: Parameters<Texts[K]> };
}[keyof Texts];

export const filmProblem = <K extends keyof Texts>(say: K, ...facts: Parameters<Texts[K]>) =>
  ({ say, with: facts }) as FilmProblem;

export function describeFilmProblem({ say, with: facts }: FilmProblem): string {
  const text = filmProblemTexts[say] as (...facts: readonly unknown[]) => string;
  return text(...facts);
}

/** A `bad-input` that also tells the fact. */
export class FilmError extends AppError {
  readonly what: FilmProblem;

  constructor(what: FilmProblem, field: string) {
    super('bad-input', describeFilmProblem(what), { field });
    this.what = what;
  }
}
