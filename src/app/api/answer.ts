/** The page's end of the API: from a request, whichever way it came, to its answer. */
import type { Health, Status } from '../../domain/api/answer-schemas.ts';
import { clientClosedRequest, failure, invalid, notFound } from '../../domain/api/errors.ts';
import { filmInfo } from '../../domain/api/film.ts';
import { clientOf, jsonAnswer, type ApiRequest } from '../../domain/api/http.ts';
import {
  interpret,
  interpretValue,
  type Interpretation,
  type Task,
  type WorkName,
} from '../../domain/api/interpret.ts';
import { AppError, isAbort } from '../../domain/errors.ts';
import { filmEstimateSec } from './estimate.ts';
import { filmWork, type FilmMaker } from './film-work.ts';
import { asAsked } from './file-reply.ts';
import { hereOnly, hopHeader, type ApiHost } from './host.ts';
import { imageWork, requestedModel } from './image-work.ts';
import { jobEvents } from './job-events.ts';
import { upscaleWork } from './upscale-work.ts';
import { jobView, type ApiJob, type ApiJobs, type Work } from './jobs.ts';
import type { AskContext, Reply, Waiting } from './waiting.ts';

export interface AnswerDeps {
  readonly host: ApiHost;
  readonly jobs: ApiJobs;
  readonly waiting: Waiting;
  readonly makeFilm: FilmMaker;
  readonly newId: () => string;
  /** Where the app lies, without the last slash: empty at the root of an origin. */
  readonly basePath: string;
}

/** Neither ever rejects. */
export interface Answerer {
  readonly answer: (request: ApiRequest, context: AskContext) => Promise<Reply>;
  /** What a script of this page asks for. */
  readonly answerValue: (name: WorkName, value: unknown, context: AskContext) => Promise<Reply>;
}

export function createAnswerer(deps: AnswerDeps): Answerer {
  const here = { ...deps, host: hereOnly(deps.host) };
  const reply = async (
    interpretation: Interpretation,
    context: AskContext,
    asked: AnswerDeps = deps,
  ): Promise<Reply> => {
    if (interpretation.kind === 'answer') return interpretation.answer;
    const { task } = interpretation;
    try {
      return await perform(asked, task, context);
    } catch (error) {
      return describeFailure(task, error, kindOf(asked, task), context);
    }
  };
  return {
    answer: async (request, context) => {
      const client = clientOf(request);
      const asked = hopHeader in request.headers ? here : deps;
      return asAsked(await reply(interpret(request), { ...context, client }, asked), request);
    },
    answerValue: (name, value, context) => reply(interpretValue(name, value), context),
  };
}

function perform(deps: AnswerDeps, task: Task, context: AskContext): Promise<Reply> | Reply {
  const { host, jobs, basePath } = deps;
  switch (task.kind) {
    case 'status':
      return status(host);
    case 'health':
      return jsonAnswer(200, health(host));
    case 'jobs':
      return jsonAnswer(
        200,
        jobs.states().map((state) => jobView(state, basePath)),
      );
    case 'generate': {
      const model = requestedModel(host, task.request.model);
      return begin(deps, (id) => imageWork(host, model, task.request, id), task.respondAsync, context);
    }
    case 'upscale': {
      const model = requestedModel(host, task.request.model);
      return begin(deps, (id) => upscaleWork(host, model, task.request, id), task.respondAsync, context);
    }
    case 'generate-video': {
      const model = requestedModel(host, task.request.model);
      const work = (id: string) => filmWork(host, model, task.request, id, deps.makeFilm);
      return begin(deps, work, task.respondAsync, context);
    }
    case 'video-info':
      return videoInfo(host, task.request, context);
    case 'job':
    case 'job-events':
    case 'job-result':
    case 'cancel-job':
      return aboutJob(deps, task.kind, jobs.get(task.id), context);
  }
}

async function status(host: ApiHost): Promise<Reply> {
  const answer: Status = {
    status: 'running',
    device: host.loaded()?.backend ?? (await host.likelyBackend()),
    model: host.currentModel().ref.id,
    endpoints: {
      generate_image: '/generate',
      generate_video: '/generate-video',
      video_info: '/generate-video/info',
    },
  };
  return jsonAnswer(200, answer);
}

function health(host: ApiHost): Health {
  const loaded = host.loaded();
  return { status: 'healthy', model_loaded: loaded !== null, device: loaded?.backend ?? 'not set' };
}

async function videoInfo(
  host: ApiHost,
  request: Extract<Task, { kind: 'video-info' }>['request'],
  { signal }: AskContext,
): Promise<Reply> {
  const model = requestedModel(host, request.model);
  return jsonAnswer(200, filmInfo(request, await filmEstimateSec(host, model, request, signal)));
}

async function begin(
  { jobs, waiting, newId, basePath }: AnswerDeps,
  toWork: (id: string) => Work,
  respondAsync: boolean,
  context: AskContext,
): Promise<Reply> {
  const id = newId();
  const job = jobs.begin(toWork(id), id, context.client ?? '');
  const view = jobView(job.state(), basePath);
  if (respondAsync) return accepted(view.result.replace(/\/result$/, ''), view);
  context.onJob?.(job.id);
  waiting.own(job);
  return waiting.wait(job, context);
}

const accepted = (location: string, view: unknown): Reply =>
  jsonAnswer(202, view, { location, 'preference-applied': 'respond-async', 'retry-after': '1' });

async function aboutJob(
  { jobs, waiting, basePath }: AnswerDeps,
  kind: 'job' | 'job-events' | 'job-result' | 'cancel-job',
  job: ApiJob | undefined,
  context: AskContext,
): Promise<Reply> {
  if (!job) return notFound();
  switch (kind) {
    case 'job':
      return jsonAnswer(200, jobView(job.state(), basePath));
    case 'job-events': {
      const headers = { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store' };
      return { status: 200, headers, body: jobEvents(job, basePath) };
    }
    case 'job-result':
      context.onJob?.(job.id);
      return withTag(await waiting.wait(job, context), job.id);
    case 'cancel-job':
      return cancel(jobs, job, basePath);
  }
}

/** What a job made never changes. */
const withTag = (reply: Reply, id: string): Reply => ({
  ...reply,
  headers: { ...reply.headers, etag: `"${id}"` },
});

/** Answers once the work has stopped. */
async function cancel(jobs: ApiJobs, job: ApiJob, basePath: string): Promise<Reply> {
  const { state } = job.state();
  if (state === 'queued' || state === 'running') {
    job.cancel();
    await job.done.catch(() => undefined); // Its state tells how it ended.
  } else {
    jobs.forget(job.id);
  }
  return jsonAnswer(200, jobView(job.state(), basePath));
}

const fieldNames: Readonly<Record<string, string>> = {
  steps: 'num_inference_steps',
  guidanceScale: 'guidance_scale',
  variationSeed: 'variation_seed',
  variationStrength: 'variation_strength',
  clipSkip: 'clip_skip',
  negativePrompt: 'negative_prompt',
  sampler: 'scheduler',
  source: 'image',
  paddingPx: 'mask_padding',
  featherPx: 'mask_feather',
  overlapPx: 'overlap',
};

type Kind = Work['kind'];
const cancelled = 'The job was cancelled';

const kindOf = ({ jobs }: AnswerDeps, task: Task): Kind =>
  task.kind === 'generate-video' || ('id' in task && jobs.get(task.id)?.work.kind === 'video')
    ? 'video'
    : 'image';

function describeFailure(task: Task, error: unknown, kind: Kind, { signal }: AskContext): Reply {
  const what = kind === 'video' ? 'Video generation failed' : 'Generation failed';
  if (isAbort(error)) {
    if (signal.aborted) return clientClosedRequest();
    return task.kind === 'job-result' ? failure(410, cancelled) : failure(500, `${what}: cancelled`);
  }
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof AppError && error.code === 'bad-input') {
    const field = error.field === undefined ? [] : [fieldNames[error.field] ?? error.field];
    return invalid([
      { type: 'value_error', loc: ['body', ...field], msg: `Value error, ${message}`, input: null },
    ]);
  }
  return failure(500, `${what}: ${message}`);
}
