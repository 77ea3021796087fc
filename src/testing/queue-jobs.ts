/** Jobs of the queue. */
import type { FilmJob, PictureJob } from '../domain/recipe/queue-job.ts';
import { projectOf } from './films.ts';
import { robotRecipe } from './recipes.ts';

const common = { model: { id: 'built-in', revision: 'r1' }, backend: 'auto' } as const;

export const pictureJob = (label: string, change: Partial<PictureJob> = {}): PictureJob => ({
  kind: 'picture',
  label,
  ...common,
  settings: { ...robotRecipe.settings, prompt: label },
  count: 1,
  made: 0,
  source: null,
  ...change,
});

export const filmJobOf = (label: string, change: Partial<FilmJob> = {}): FilmJob => ({
  kind: 'film',
  label,
  ...common,
  project: projectOf([label, 'dusk']),
  format: 'mp4',
  encoder: 'auto',
  cost: { pictures: 2, steps: 2, width: 256, height: 256, guidanceScale: 4, encodeSec: 3 },
  ...change,
});
