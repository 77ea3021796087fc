/** One picture for the API, from its request to a PNG. */
import type { ImageAnswer } from '../../domain/api/answer-schemas.ts';
import { drawnPicture } from '../../domain/api/dynamic-prompts.ts';
import type { GenerateRequest } from '../../domain/api/schemas.ts';
import { jsonAnswer } from '../../domain/api/http.ts';
import { AppError } from '../../domain/errors.ts';
import type { ImageSettings } from '../../domain/diffusion/image-settings.ts';
import { pictureSize, type TrainedSize } from '../../domain/video/prompts.ts';
import { makePicture, pictureWork } from '../making/make-pictures.ts';
import type { OpenModel } from '../making/picture-engine.ts';
import { toBase64 } from '../../engine/base64.ts';
import type { ApiHost } from './host.ts';
import type { Work, WorkAnswer, WorkProgress } from './jobs.ts';
import { pictureProgress } from './picture-progress.ts';
import type { ModelEntry } from '../../domain/model/model.ts';

export function imageWork(host: ApiHost, model: ModelEntry, asked: GenerateRequest, id: string): Work {
  const seed = asked.seed ?? host.drawSeed();
  const request = drawnPicture(asked, seed, host.lists());
  const head = imageHead(request, seed, id);
  return {
    kind: 'image',
    label: request.prompt,
    steps: request.num_inference_steps,
    head,
    run: async (signal, onProgress) => {
      const png = await drawRequested(host, model, request, seed, signal, onProgress);
      return request.return_base64 ? base64Answer(request, seed, png) : { ...head, body: png };
    },
  };
}

function imageHead(request: GenerateRequest, seed: number, id: string): Work['head'] {
  const headers = { 'cache-control': 'no-store', 'x-seed': String(seed) };
  if (request.return_base64) {
    return { status: 200, headers: { 'content-type': 'application/json', ...headers } };
  }
  const disposition = `attachment; filename="${id}.png"`;
  return {
    status: 200,
    headers: { 'content-type': 'image/png', 'content-disposition': disposition, ...headers },
  };
}

async function base64Answer(request: GenerateRequest, seed: number, png: Blob): Promise<WorkAnswer> {
  const answer: ImageAnswer = {
    success: true,
    prompt: request.prompt,
    steps: request.num_inference_steps,
    image_base64: await toBase64(png),
    format: 'png',
    seed,
  };
  return jsonAnswer(200, answer, { 'x-seed': String(seed) });
}

async function drawRequested(
  { app, keep, backend }: ApiHost,
  model: ModelEntry,
  request: GenerateRequest,
  seed: number,
  signal: AbortSignal,
  onProgress: (progress: WorkProgress) => void,
): Promise<Blob> {
  const fit = wantedSize(request, model);
  const plan = (opened: OpenModel) => ({
    settings: imageSettings(request, model, seed, makeableSize(fit, opened)),
    fit,
  });
  const wanted = { model, backend: backend(), steps: request.num_inference_steps, plan };
  const made = await makePicture(app, wanted, signal, {
    onProgress: pictureProgress(app.deps.now, onProgress),
  });
  keep(pictureWork(made));
  return made.file;
}

function imageSettings(
  request: GenerateRequest,
  { card }: ModelEntry,
  seed: number,
  size: { width: number; height: number },
): ImageSettings {
  return {
    prompt: request.prompt,
    negativePrompt: request.negative_prompt,
    steps: request.num_inference_steps,
    guidanceScale: request.guidance_scale ?? card.defaults.guidanceScale,
    seed,
    sampler: request.scheduler ?? card.defaults.sampler,
    ...(request.schedule && { schedule: request.schedule }),
    ...(request.speed === 'fast' && { speed: request.speed }),
    ...(request.noise !== 'torch-cpu' && { noise: request.noise }),
    ...variationOf(request),
    ...(request.clip_skip !== 1 && { clipSkip: request.clip_skip }),
    ...size,
  };
}

const variationOf = ({ variation_seed: seed, variation_strength: strength }: GenerateRequest) =>
  strength === 0 ? {} : { variation: { seed, strength } };

interface Size {
  readonly width: number;
  readonly height: number;
}

function wantedSize({ width, height }: GenerateRequest, { card }: ModelEntry): Size {
  return { width: width ?? card.defaults.width, height: height ?? card.defaults.height };
}

/** The wanted size where the model takes it and is at ease there; else one of that shape near its trained area. */
function makeableSize(wanted: Size, model: TrainedSize): Size {
  const fits = wanted.width % model.sizeMultiple === 0 && wanted.height % model.sizeMultiple === 0;
  const share = (wanted.width * wanted.height) / (model.nativeWidth * model.nativeHeight);
  return fits && share >= 0.5 && share <= 2 ? wanted : pictureSize(wanted, model);
}

/** The model that was asked for; without a word, the one that the page has chosen. */
export function requestedModel(host: ApiHost, id: string | null): ModelEntry {
  const models = host.models();
  if (id === null) return host.currentModel();
  const found = models.find(({ ref }) => ref.id === id);
  if (found) return found;
  const names = models.map(({ ref }) => `'${ref.id}'`).join(', ');
  throw new AppError('bad-input', `this model is not on this device; there are: ${names}`, {
    field: 'model',
  });
}
