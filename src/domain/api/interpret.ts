/** From a request to the work that it asks for, or to the answer when there is no work: all that can be decided without an engine. */
import type { z } from 'zod';
import { mediaTypeOf } from './charset.ts';
import { bodyFailures, invalid, methodNotAllowed, notFound, tooFewScenes } from './errors.ts';
import { filmFaults } from './film.ts';
import { limits } from '../limits.ts';
import { emptyAnswer, type ApiAnswer, type ApiRequest, type RequestBody } from './http.ts';
import { JsonFault, readJson } from './json.ts';
import { readLax } from './lax.ts';
import { notAnObject, problemsOf, type Problem } from './problems.ts';
import { readQuery } from './query.ts';
import { route, type Endpoint } from './routes.ts';
import {
  generateSchema,
  inpaintSchema,
  upscaleSchema,
  videoSchema,
  type GenerateRequest,
  type UpscaleRequest,
  type VideoRequest,
} from './schemas.ts';
import { excerpt } from './excerpt.ts';

export type Task =
  | { readonly kind: 'status' | 'health' | 'jobs' }
  | { readonly kind: 'generate'; readonly request: GenerateRequest; readonly respondAsync: boolean }
  | { readonly kind: 'upscale'; readonly request: UpscaleRequest; readonly respondAsync: boolean }
  | { readonly kind: 'generate-video'; readonly request: VideoRequest; readonly respondAsync: boolean }
  | { readonly kind: 'video-info'; readonly request: VideoRequest }
  | { readonly kind: 'job' | 'job-events' | 'job-result' | 'cancel-job'; readonly id: string };

export type Interpretation =
  { readonly kind: 'task'; readonly task: Task } | { readonly kind: 'answer'; readonly answer: ApiAnswer };

/** Never throws. HEAD is read as GET: who sends the answer leaves its body out. */
export function interpret(request: ApiRequest): Interpretation {
  const routing = route(request.method, request.path, request.headers['accept']);
  switch (routing.kind) {
    case 'elsewhere':
      return answer(notFound());
    case 'wrong-method':
      return answer(methodNotAllowed(routing.allow));
    case 'options':
      return answer(emptyAnswer(204, { allow: routing.allow }));
    case 'redirect':
      return answer(emptyAnswer(307, { location: `${routing.path}${request.query && `?${request.query}`}` }));
    case 'endpoint':
      return readTask(request, routing.endpoint);
  }
}

function readTask(request: ApiRequest, endpoint: Endpoint): Interpretation {
  switch (endpoint.name) {
    case 'status':
    case 'health':
    case 'jobs':
      return task({ kind: endpoint.name });
    case 'job':
      return task({ kind: request.method === 'DELETE' ? 'cancel-job' : 'job', id: endpoint.id });
    case 'job-events':
    case 'job-result':
      return task({ kind: endpoint.name, id: endpoint.id });
    case 'generate':
      return generateTask(readInput(request, generateSchema), prefersAsync(request));
    case 'inpaint':
      return generateTask(readInput(request, inpaintSchema), prefersAsync(request));
    case 'upscale':
      return upscaleTask(readInput(request, upscaleSchema), prefersAsync(request));
    case 'generate-video':
      return readVideo(request, (video) => ({
        kind: 'generate-video',
        request: video,
        respondAsync: prefersAsync(request),
      }));
    case 'video-info':
      return readVideo(request, (video) => ({ kind: 'video-info', request: video }));
  }
}

export type WorkName = 'generate' | 'inpaint' | 'upscale' | 'generate-video' | 'video-info';

/** What a script asks for with values, rather than with text. */
export function interpretValue(name: WorkName, value: unknown): Interpretation {
  if (name === 'generate') return generateTask(validate(generateSchema, value, 'body'), false);
  if (name === 'inpaint') return generateTask(validate(inpaintSchema, value, 'body'), false);
  if (name === 'upscale') return upscaleTask(validate(upscaleSchema, value, 'body'), false);
  const read = validate(videoSchema, value, 'body');
  return videoTask(read, (request) =>
    name === 'video-info' ? { kind: name, request } : { kind: name, request, respondAsync: false },
  );
}

function generateTask(read: Read<GenerateRequest>, respondAsync: boolean): Interpretation {
  if (!read.ok) return answer(read.answer);
  const { image, mask } = read.value;
  if (mask !== null && image === null) return answer(invalid([withoutImage(read.place)]));
  return task({ kind: 'generate', request: read.value, respondAsync });
}

const withoutImage = (place: Place): Problem => ({
  type: 'missing',
  loc: [place, 'image'],
  msg: 'Field required',
  input: null,
});

function upscaleTask(read: Read<UpscaleRequest>, respondAsync: boolean): Interpretation {
  if (!read.ok) return answer(read.answer);
  return task({ kind: 'upscale', request: read.value, respondAsync });
}

const readVideo = (request: ApiRequest, toTask: (video: VideoRequest) => Task) =>
  videoTask(readInput(request, videoSchema), toTask);

function videoTask(read: Read<VideoRequest>, toTask: (video: VideoRequest) => Task): Interpretation {
  if (!read.ok) return answer(read.answer);
  if (read.value.scenes.length < limits.film.scenes.min) return answer(tooFewScenes());
  const faults = filmFaults(read.value, read.place);
  return faults.length > 0 ? answer(invalid(faults)) : task(toTask(read.value));
}

type Place = 'body' | 'query';
type Read<T> =
  | { readonly ok: true; readonly value: T; readonly place: Place }
  | { readonly ok: false; readonly answer: ApiAnswer };

function readInput<S extends z.ZodObject>(request: ApiRequest, schema: S): Read<z.output<S>> {
  if (['GET', 'HEAD'].includes(request.method)) {
    return validate(schema, readQuery(request.query, schema), 'query');
  }
  const { body: sent, headers } = request;
  if ('form' in sent) return validate(schema, readQuery(sent.form, schema), 'body');
  const body = readBody(sent, headers['content-type']);
  return 'answer' in body ? { ok: false, answer: body.answer } : validate(schema, body.value, 'body');
}

function validate<S extends z.ZodObject>(schema: S, input: unknown, place: Place): Read<z.output<S>> {
  const refuse = ({ type, msg }: Pick<Problem, 'type' | 'msg'>): Read<never> => ({
    ok: false,
    answer: invalid([{ type, loc: [place], msg, input: excerpt(input ?? null) }]),
  });
  if (input === undefined || input === null) {
    return refuse({ type: 'missing', msg: 'Field required' });
  }
  if (typeof input !== 'object' || Array.isArray(input)) return refuse(notAnObject);
  const result = schema.safeParse(readLax(schema, input as Record<string, unknown>));
  if (result.success) return { ok: true, value: result.data, place };
  return { ok: false, answer: invalid(problemsOf(schema, result.error.issues, input, place)) };
}

function readBody(
  body: Exclude<RequestBody, { form: string }>,
  contentType: string | undefined,
): { value: unknown } | { answer: ApiAnswer } {
  if ('fault' in body) return { answer: bodyFailures[body.fault]() };
  if (body.text === '') return { value: undefined };
  if (!isJson(contentType)) return { answer: notJson(body.text) };
  try {
    return { value: readJson(body.text) };
  } catch (error) {
    if (!(error instanceof JsonFault)) throw error;
    return { answer: invalid([invalidJson(error)]) };
  }
}

const notJson = (text: string): ApiAnswer =>
  invalid(
    [{ ...notAnObject, loc: ['body'], input: excerpt(text) }],
    'Send JSON with the header Content-Type: application/json',
  );

const invalidJson = (fault: JsonFault): Problem => ({
  type: 'json_invalid',
  loc: ['body', fault.position],
  msg: 'JSON decode error',
  input: {},
  ctx: { error: fault.message },
});

/** Without a word about its kind a body is taken for JSON. */
function isJson(contentType: string | undefined): boolean {
  const type = mediaTypeOf(contentType);
  return type === '' || /^application\/(?:[\w.-]+\+)?json$/.test(type);
}

/** RFC 7240. */
const prefersAsync = ({ headers }: ApiRequest) =>
  (headers['prefer'] ?? '').split(/[,;]/).some((token) => token.trim().toLowerCase() === 'respond-async');

const task = (given: Task): Interpretation => ({ kind: 'task', task: given });
const answer = (given: ApiAnswer): Interpretation => ({ kind: 'answer', answer: given });
