import { filmProblemTexts } from '../../../domain/video/film-problem.ts';
import type { Format } from '../format.ts';
import { later } from '../later.ts';
import { api } from './api.ts';
import { common } from './common.ts';
import { errors } from './errors.ts';
import { film } from './film.ts';
import { gallery } from './gallery.ts';
import { models } from './models.ts';
import { picture } from './picture.ts';
import { pictureProblems } from './picture-problems.ts';
import { prompt } from './prompt.ts';
import { queue } from './queue.ts';
import { run } from './run.ts';
import { settings } from './settings.ts';
import { share } from './share.ts';
import { shell } from './shell.ts';
import { told } from './told.ts';

export { formatWords } from './format-words.ts';

/** Everything that the page says, in English. The other languages follow its shape. */
export const createWords = (format: Format) => ({
  format,
  common: common(format),
  errors,
  shell: shell(format),
  settings: settings(format),
  picture: picture(format),
  prompt: prompt(format),
  pictureProblems: pictureProblems(format),
  run: run(format),
  models: models(format),
  queue: queue(format),
  share,
  api: api(format),
  gallery: gallery(format),
  film: film(format),
  filmProblems: filmProblemTexts,
  told: told(format),
  /** Fetched with the first picture that is edited. */
  edit: later(async () => (await import('./edit.ts')).edit(format)),
  /** Fetched with the settings. */
  machines: later(async () => (await import('./machines.ts')).machines(format)),
});
