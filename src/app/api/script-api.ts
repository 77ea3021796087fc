/** `window.zoetrope`: the API for scripts of this page, with files instead of bytes and values instead of text. */
import type { Status } from '../../domain/api/answer-schemas.ts';
import type { FilmInfo } from '../../domain/api/film.ts';
import type { WorkName } from '../../domain/api/interpret.ts';
import type { Problem } from '../../domain/api/problems.ts';
import type { GenerateFields, InpaintFields, UpscaleFields, VideoFields } from '../../domain/api/schemas.ts';
import { toBase64 } from '../../engine/base64.ts';
import { abortError } from '../../engine/rpc.ts';
import type { Answerer } from './answer.ts';
import type { ApiJobs, ApiJobState } from './jobs.ts';
import type { Reply } from './waiting.ts';

export type Progress = Pick<ApiJobState, 'state' | 'step' | 'steps' | 'etaSec'>;

export interface CallOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}

export interface MadePicture {
  /** A PNG that carries its recipe. */
  readonly image: Blob;
  readonly fileName: string;
  readonly seed: number;
}

export interface MadeVideo {
  readonly video: Blob;
  readonly fileName: string;
  readonly seed: number;
  readonly scenes: number;
  readonly durationSec: number;
  readonly fps: number;
  readonly heroUsed: boolean;
}

type PictureField = 'image' | 'mask';
export type WithFiles<T> = { readonly [K in keyof T]: K extends PictureField ? T[K] | Blob : T[K] };

/** All reject with a `ZoetropeError`, or with an `AbortError` when `signal` aborted. */
export interface Zoetrope {
  generate(fields: WithFiles<GenerateFields>, options?: CallOptions): Promise<MadePicture>;
  /** Pictures may be files, or base64. */
  inpaint(fields: WithFiles<InpaintFields>, options?: CallOptions): Promise<MadePicture>;
  upscale(fields: WithFiles<UpscaleFields>, options?: CallOptions): Promise<MadePicture>;
  generateVideo(fields: VideoFields, options?: CallOptions): Promise<MadeVideo>;
  videoInfo(fields: VideoFields, options?: CallOptions): Promise<FilmInfo>;
  status(): Promise<Status>;
}

export class ZoetropeError extends Error {
  /** As the same request over HTTP would have been answered. */
  readonly status: number;
  readonly detail: string | readonly Problem[];

  constructor(status: number, detail: string | readonly Problem[]) {
    super(typeof detail === 'string' ? detail : detail.map(sentence).join('; '));
    this.name = 'ZoetropeError';
    this.status = status;
    this.detail = detail;
  }
}

const sentence = ({ loc, msg }: Problem) => `${loc.slice(1).join('.') || 'request'}: ${msg}`;

export function createScriptApi(answerer: Answerer, jobs: ApiJobs): Zoetrope {
  const ask = async (name: WorkName, fields: unknown, options: CallOptions = {}): Promise<Reply> => {
    const { signal = new AbortController().signal, onProgress } = options;
    if (signal.aborted) throw abortError();
    const onJob = (id: string) => onProgress && follow(jobs, id, onProgress);
    const reply = await answerer.answerValue(name, fields, { signal, onJob });
    if (signal.aborted) throw abortError();
    return successOf(reply);
  };
  const picture =
    (name: WorkName) =>
    async (fields: object, options?: CallOptions): Promise<MadePicture> => {
      const { body, headers } = await ask(name, await plainFields(fields), options);
      return { image: body as Blob, ...named(headers) };
    };
  return {
    generate: picture('generate'),
    inpaint: picture('inpaint'),
    upscale: picture('upscale'),
    generateVideo: async (fields, options) => {
      const { body, headers } = await ask('generate-video', fields, options);
      return {
        video: body as Blob,
        ...named(headers),
        scenes: Number(headers['x-video-scenes']),
        durationSec: Number(headers['x-video-duration']),
        fps: Number(headers['x-video-fps']),
        heroUsed: headers['x-hero-used'] === 'true',
      };
    },
    videoInfo: async (fields, options) => json<FilmInfo>(await ask('video-info', fields, options)),
    status: async () => {
      const headers = { accept: 'application/json' };
      const request = { method: 'GET', path: '/', query: '', headers, body: { text: '' } };
      return json<Status>(
        successOf(await answerer.answer(request, { signal: new AbortController().signal })),
      );
    },
  };
}

/** Files in base64, as they come over HTTP; here the answer is a file, whatever else is asked for. */
async function plainFields(fields: unknown): Promise<unknown> {
  if (typeof fields !== 'object' || fields === null || Array.isArray(fields)) return fields;
  const entries = Object.entries(fields).map(async ([name, value]: [string, unknown]) => [
    name,
    value instanceof Blob ? await toBase64(value) : value,
  ]);
  return { ...(Object.fromEntries(await Promise.all(entries)) as object), return_base64: false };
}

function follow(jobs: ApiJobs, id: string, onProgress: (progress: Progress) => void): void {
  const job = jobs.get(id);
  job?.subscribe(() => {
    const { state, step, steps, etaSec } = job.state();
    onProgress({ state, step, steps, etaSec });
  });
}

function successOf(reply: Reply): Reply {
  if (reply.status < 300) return reply;
  const { detail } = JSON.parse(reply.body as string) as Pick<ZoetropeError, 'detail'>;
  throw new ZoetropeError(reply.status, detail);
}

const json = <T>({ body }: Reply) => JSON.parse(body as string) as T;

function named(headers: Reply['headers']) {
  const fileName = /filename="([^"]*)"/.exec(headers['content-disposition'] ?? '')?.[1] ?? '';
  return { fileName, seed: Number(headers['x-seed']) };
}
