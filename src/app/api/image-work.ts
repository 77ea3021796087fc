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
import { beginning } from './sent-picture.ts';
import type { ApiHost } from './host.ts';
import type { Work, WorkAnswer, WorkProgress } from './jobs.ts';
import { pictureProgress } from './picture-progress.ts';
import type { ModelEntry } from '../../domain/model/model.ts';

export interface PictureAnswer {
  readonly prompt: string;
  readonly num_inference_steps: number;
  readonly return_base64: boolean;
}

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

export function imageHead(
  request: Pick<PictureAnswer, 'return_base64'>,
  seed: number,
  id: string,
): Work['head'] {
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

export async function base64Answer(request: PictureAnswer, seed: number, png: Blob): Promise<WorkAnswer> {
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
  const begun = await beginning(app.deps.images, request);
  const fit = wantedSize(request, model, begun?.size);
  const plan = (opened: OpenModel) => ({
    settings: imageSettings(request, model, seed, makeableSize(fit, opened)),
    // What is inpainted keeps its size.
    ...(!begun?.source.inpaint && { fit }),
  });
  const source = begun && { source: begun.source };
  const wanted = { model, backend: backend(), steps: request.num_inference_steps, plan, ...source };
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

/** Without a word: the picture's that it begins from, unless only a part of that is drawn. */
function wantedSize(
  { width, height, mask, inpaint_area: area }: GenerateRequest,
  { card }: ModelEntry,
  begun: Size | undefined,
): Size {
  const own = begun && !(mask !== null && area === 'masked') ? begun : card.defaults;
  return { width: width ?? own.width, height: height ?? own.height };
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
