import type { FilmUnit } from '../facts.ts';
import type { Format } from '../format.ts';

const units: Record<FilmUnit, string> = {
  fps: 'frames per second',
  steps: 'steps',
  pixels: 'pixels',
  frames: 'frames',
  pictures: 'pictures',
};

/** What is wrong with a film, beside its field. */
export const filmProblems = (f: Format) => ({
  fewScenes: (min: number) => `At least ${f.number(min)} scenes required`,
  manyScenes: (max: number) => `At most ${f.number(max)} scenes`,
  manyPixels: (width: number, height: number) => `At most ${f.size(width, height)} pixels in all.`,
  tooLong: (max: number) => `At most ${f.plain(max)} characters.`,
  emptyScene: () => 'Write what this scene shows, or give it a picture of your own.',
  manyFrames: (frames: number, max: number) =>
    `This makes ${f.number(frames)} frames; at most ${f.number(max)} fit (ten minutes at 60 fps).`,
  shortScene: (transitionFrames: number, frames: number) =>
    `The transitions overlap this scene by ${f.plain(transitionFrames)} frames, but it lasts only ${f.plain(frames)}: make it longer or them shorter.`,
  duration: (max: number) => `More than 0 and at most ${f.number(max)} seconds.`,
  odd: () => 'Must be even: H.264 needs it.',
  notWhole: (min: number, max: number, unit: FilmUnit | null) =>
    `A whole number${unit ? ` of ${units[unit]}` : ''}, ${f.plain(min)} to ${f.plain(max)}.`,
  outside: (min: number, max: number, unit: FilmUnit | null) =>
    `Between ${f.plain(min)} and ${f.plain(max)}${unit ? ` ${units[unit]}` : ''}.`,
});
