/** All that answers the API in this page, fetched when the first request comes. */
import { newId } from '../base/random.ts';
import { createAnswerer, type Answerer } from './answer.ts';
import { createApiHost, type ApiApp } from './host.ts';
import { createApiJobs, type ApiJobs } from './jobs.ts';
import { createFilmMaker } from './make-film.ts';
import { createScriptApi, type Zoetrope } from './script-api.ts';
import { createWaiting } from './waiting.ts';

export interface Answering {
  readonly answerer: Answerer;
  readonly jobs: ApiJobs;
  readonly zoetrope: Zoetrope;
}

/** Ended jobs that nobody fetched are let go beyond these. */
const keep = { count: 20, bytes: 256_000_000 };

/** `base`: where the app lies: `/`, `/sub/`. */
export function openAnswering(app: ApiApp, base: string): Answering {
  const host = createApiHost(app);
  const jobs = createApiJobs({ turns: app.turns, keep });
  const answerer = createAnswerer({
    host,
    jobs,
    waiting: createWaiting({ later, forget: (id) => jobs.forget(id) }),
    makeFilm: createFilmMaker(host, async () =>
      (await import('../film/open-film.ts')).createVideo(() => undefined),
    ),
    newId,
    basePath: base.replace(/\/$/, ''),
  });
  return { answerer, jobs, zoetrope: createScriptApi(answerer, jobs) };
}

function later(callback: () => void, delayMs: number): () => void {
  const timer = setTimeout(callback, delayMs);
  return () => clearTimeout(timer);
}
