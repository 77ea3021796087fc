/** A picture made larger for the API. */
import type { UpscaleRequest } from '../../domain/api/schemas.ts';
import { AppError } from '../../domain/errors.ts';
import type { ModelEntry } from '../../domain/model/model.ts';
import { enlargePicture, type WantedEnlarging } from '../making/enlarge-picture.ts';
import type { ApiHost } from './host.ts';
import { base64Answer, imageHead } from './image-work.ts';
import type { Work, WorkProgress } from './jobs.ts';
import { sentPicture } from './sent-picture.ts';

export function upscaleWork(host: ApiHost, model: ModelEntry, request: UpscaleRequest, id: string): Work {
  const seed = request.seed ?? host.drawSeed();
  const head = imageHead(request, seed, id);
  return {
    kind: 'image',
    label: request.prompt,
    steps: 1,
    head,
    run: async (signal, onProgress) => {
      const png = await enlarged(host, model, request, seed, signal, onProgress);
      return request.return_base64 ? base64Answer(request, seed, png) : { ...head, body: png };
    },
  };
}

async function enlarged(
  host: ApiHost,
  model: ModelEntry,
  request: UpscaleRequest,
  seed: number,
  signal: AbortSignal,
  onProgress: (progress: WorkProgress) => void,
): Promise<Blob> {
  const { app, keep } = host;
  const { file } = await sentPicture(app.deps.images, request.image, 'image');
  const by =
    request.method === 'filter' ? ({ how: 'filter' } as const) : detailBy(host, model, request, seed);
  const wanted = { file, scale: request.scale, by, recipe: null };
  const made = await enlargePicture(app, wanted, signal, (event) => {
    if (event.phase === 'tiles') onProgress({ step: event.done, steps: event.total, etaSec: null });
  });
  keep({ ...made, kind: 'image', text: request.prompt, preview: made.file });
  return made.file;
}

function detailBy(
  { backend }: ApiHost,
  model: ModelEntry,
  request: UpscaleRequest,
  seed: number,
): Extract<WantedEnlarging['by'], { how: 'detail' }> {
  if (model.ref.source.kind === 'elsewhere') {
    throw new AppError('bad-input', 'a picture gets detail only from a model on this device', {
      field: 'model',
    });
  }
  const { defaults } = model.card;
  const settings = {
    prompt: request.prompt,
    negativePrompt: request.negative_prompt,
    steps: request.num_inference_steps,
    guidanceScale: request.guidance_scale ?? defaults.guidanceScale,
    seed,
    sampler: request.scheduler ?? defaults.sampler,
    width: defaults.width,
    height: defaults.height,
  };
  const { strength, overlap: overlapPx } = request;
  return { how: 'detail', model, backend: backend(), settings, strength, overlapPx };
}
