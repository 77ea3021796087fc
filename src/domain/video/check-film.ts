/** Whether a film can be made; every problem names the input that it belongs beside. */
import { isWithin, limits, type Range } from '../limits.ts';
import type { GifSettings } from './gif.ts';
import { planFilm, type FilmPlan } from './plan.ts';
import { fractionalRates, isRate } from './rates.ts';
import {
  filmShape,
  musicPieces,
  sceneDurationSec,
  sceneTransition,
  type FilmMusic,
  type FilmProject,
  type FilmScene,
} from './project.ts';
import { FilmError, filmProblem, type FilmProblem, type FilmUnit } from './film-problem.ts';

const { film } = limits;

export interface FieldProblem {
  /** `fps`, `width`, `scenes`, `scenes.2.prompt`, `transition.frames` … */
  readonly field: string;
  readonly what: FilmProblem;
}

/** All that is wrong, in the order of the page; empty when the film can be made. */
export function filmProblems(project: FilmProject): FieldProblem[] {
  const problems = [...settingProblems(project), ...project.scenes.flatMap(sceneProblems(project))];
  if (project.scenes.length < film.scenes.min) {
    problems.unshift({ field: 'scenes', what: filmProblem('fewScenes', film.scenes.min) });
  }
  if (project.scenes.length > film.scenes.max) {
    problems.unshift({ field: 'scenes', what: filmProblem('manyScenes', film.scenes.max) });
  }
  return problems.length > 0 ? problems : planProblems(project);
}

/** The plan of a film that can be made. Throws `bad-input` with the first problem and its field. */
export function requirePlan(project: FilmProject): FilmPlan {
  const [problem] = filmProblems(project);
  if (problem) throw new FilmError(problem.what, problem.field);
  return planFilm(filmShape(project));
}

function settingProblems(project: FilmProject): FieldProblem[] {
  const { steps, guidanceScale, seed, promptCharacters } = limits;
  return [
    ...rate(project.fps, film.fps),
    ...evenSide('width', project.width),
    ...evenSide('height', project.height),
    ...when(
      project.width * project.height > film.largest.width * film.largest.height,
      'height',
      filmProblem('manyPixels', film.largest.width, film.largest.height),
    ),
    ...wholeNumber('steps', project.steps, steps, 'steps'),
    ...inRange('guidanceScale', project.guidanceScale, guidanceScale, null),
    ...wholeNumber('seed', project.seed, seed, null),
    ...duration('sceneDurationSec', project.sceneDurationSec),
    ...transition('transition', project.transition),
    ...musicPieces(project).flatMap(musicProblems),
    ...gifProblems(project.gif),
    ...(['hero', 'style', 'negativePrompt'] as const).flatMap((field) =>
      when(project[field].length > promptCharacters, field, filmProblem('tooLong', promptCharacters)),
    ),
  ];
}

const sceneProblems =
  (project: FilmProject) =>
  (scene: FilmScene, index: number): FieldProblem[] => {
    const at = `scenes.${index}`;
    const last = index === project.scenes.length - 1;
    return [
      ...when(
        scene.prompt.trim() === '' && scene.picture?.kind !== 'own',
        `${at}.prompt`,
        filmProblem('emptyScene'),
      ),
      ...when(
        scene.prompt.length > limits.promptCharacters,
        `${at}.prompt`,
        filmProblem('tooLong', limits.promptCharacters),
      ),
      ...(scene.seed === null ? [] : wholeNumber(`${at}.seed`, scene.seed, limits.seed, null)),
      ...(scene.durationSec === null ? [] : duration(`${at}.durationSec`, scene.durationSec)),
      ...(last || scene.transition === null
        ? []
        : transition(`${at}.transition`, sceneTransition(project, scene))),
    ];
  };

function planProblems(project: FilmProject): FieldProblem[] {
  try {
    const { totalFrames } = planFilm(filmShape(project));
    return when(
      totalFrames > film.totalFrames,
      longestField(project),
      filmProblem('manyFrames', totalFrames, film.totalFrames),
    );
  } catch (error) {
    if (!(error instanceof FilmError)) throw error;
    return [{ field: fieldOf(project, error.field ?? 'scenes'), what: error.what }];
  }
}

/** A scene without a duration of its own gets the film's: the fault is to be told there. */
function fieldOf(project: FilmProject, field: string): string {
  const index = /^scenes\.(\d+)\.durationSec$/.exec(field)?.[1];
  return index !== undefined && project.scenes[Number(index)]?.durationSec === null
    ? 'sceneDurationSec'
    : field;
}

function longestField(project: FilmProject): string {
  const durations = project.scenes.map((scene) => sceneDurationSec(project, scene));
  return fieldOf(project, `scenes.${durations.indexOf(Math.max(...durations))}.durationSec`);
}

function duration(field: string, value: number): FieldProblem[] {
  const { max } = film.durationSec;
  return when(!(value > 0 && value <= max), field, filmProblem('duration', max));
}

function transition(field: string, value: FilmProject['transition']): FieldProblem[] {
  if (value.kind === 'none') return [];
  return [
    ...wholeNumber(`${field}.frames`, value.frames, film.transitionFrames, 'frames'),
    ...(value.kind === 'morph'
      ? wholeNumber(`${field}.inBetweens`, value.inBetweens, film.inBetweens, 'pictures')
      : []),
  ];
}

function evenSide(field: 'width' | 'height', value: number): FieldProblem[] {
  const problems = wholeNumber(field, value, film.side, 'pixels');
  return problems.length > 0 ? problems : when(value % 2 !== 0, field, filmProblem('odd'));
}

function wholeNumber(field: string, value: number, range: Range, unit: FilmUnit | null): FieldProblem[] {
  return Number.isInteger(value)
    ? inRange(field, value, range, unit)
    : when(true, field, filmProblem('notWhole', range.min, range.max, unit));
}

const musicProblems = ({ volumePercent, startSec }: FilmMusic, index: number): FieldProblem[] => [
  ...inRange(musicField(index, 'volumePercent'), volumePercent, film.volumePercent, null),
  ...inRange(musicField(index, 'startSec'), startSec, film.musicStartSec, 'seconds'),
];

/** Of the piece of this number: `music.startSec`, `musicAfter.0.startSec` … */
export const musicField = (index: number, name: 'volumePercent' | 'startSec') =>
  index === 0 ? `music.${name}` : `musicAfter.${index - 1}.${name}`;

const gifProblems = ({ sizePercent, fps, colours, maxMegabytes }: GifSettings): FieldProblem[] => [
  ...inRange('gif.sizePercent', sizePercent, film.gif.sizePercent, null),
  ...(fps === null ? [] : rate(fps, film.fps, 'gif.fps')),
  ...wholeNumber('gif.colours', colours, film.gif.colours, null),
  ...(maxMegabytes === null ? [] : inRange('gif.maxMegabytes', maxMegabytes, film.gif.maxMegabytes, null)),
];

const rate = (value: number, range: Range, field = 'fps'): FieldProblem[] =>
  isRate(value)
    ? inRange(field, value, range, 'fps')
    : when(true, field, filmProblem('noRate', range.min, range.max, fractionalRates));

function inRange(field: string, value: number, { min, max }: Range, unit: FilmUnit | null): FieldProblem[] {
  return when(!isWithin(value, { min, max }), field, filmProblem('outside', min, max, unit));
}

const when = (wrong: boolean, field: string, what: FilmProblem): FieldProblem[] =>
  wrong ? [{ field, what }] : [];
