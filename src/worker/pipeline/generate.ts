import { settingsOfPicture, type ImageSettings } from '../../domain/diffusion/image-settings.ts';
import { wayOf } from '../../domain/diffusion/fast/speeds.ts';
import { learnColours } from './decode-picture.ts';
import { pictureNeeds } from './picture-needs.ts';
import type { GenerateEvent, GenerateParams } from '../../engine/protocol.ts';
import type { Job } from '../runtime/job.ts';
import type { Model } from '../model/model.ts';
import { drawHires, type UpscaleByNetwork } from './hires.ts';
import { drawPicture, latentDims, schedulerFor, type PictureJob } from './picture.ts';
import { validate } from './validate.ts';

export interface GenerateJob extends Job {
  readonly show: (event: GenerateEvent, transfer?: Transferable[]) => void;
}

/** All the pictures of one call, each told as soon as it is done. Throws `bad-input`, `bad-output`, and as the sessions. */
export async function generate(
  model: Model,
  params: GenerateParams,
  job: GenerateJob,
  upscale: UpscaleByNetwork,
): Promise<void> {
  validate(params, { sizeMultiple: model.config.sizeMultiple, canEncode: model.canEncode });
  const asked = possibleSettings(model, params.settings, job);
  const extras = await model.useExtras(asked);
  const needs = pictureNeeds(model, latentDims(model, asked), asked);
  await model.sessions.warmUp(needs, job);
  await learnColours(model, job);
  for (let imageIndex = 0; imageIndex < params.count; imageIndex++) {
    const settings = settingsOfPicture(asked, imageIndex);
    const { source, morph } = params;
    const way = wayOf(settings.speed);
    const request = { settings, scheduler: schedulerFor(model, settings), source, morph, way };
    const position = { imageIndex, imageCount: params.count };
    const pictured = pictureJob(model, position, job);
    const { image, timings } = settings.hires
      ? await drawHires(model, request, settings.hires, pictured, upscale)
      : await drawPicture(model, request, pictured);
    const event = { phase: 'image', ...position, image, settings, timings, extras } as const;
    job.show(event, [image.data.buffer]);
    tellLoras(model, job);
  }
}

/** Other programs' recipes leave out layers of the text encoder, which not every model lets us do: it is told, and not said of the picture. */
export function possibleSettings(model: Model, settings: ImageSettings, job: Job): ImageSettings {
  const { clipSkip = 1, ...others } = settings;
  if (clipSkip === 1 || model.canSkipLayers) return settings;
  job.tell({ phase: 'notice', notice: { kind: 'all-layers', clipSkip } });
  return others;
}

/** Layers that the model does not have: Tiny SD, for one, lacks some of what LoRAs for Stable Diffusion 1.5 change. */
function tellLoras(model: Model, job: Job): void {
  const byName = new Map<string, { applied: number; left: number }>();
  for (const { name, applied, left } of model.takeLoraCounts()) {
    const sum = byName.get(name) ?? { applied: 0, left: 0 };
    byName.set(name, { applied: sum.applied + applied, left: sum.left + left });
  }
  for (const [name, count] of byName)
    if (count.left > 0) job.tell({ phase: 'notice', notice: { kind: 'lora-in-part', name, ...count } });
}

function pictureJob(
  { previewer }: Model,
  position: { readonly imageIndex: number; readonly imageCount: number },
  job: GenerateJob,
): PictureJob {
  return {
    signal: job.signal,
    tell: job.tell,
    onEncode: () => job.show({ phase: 'encode' }),
    onStep: ({ step, steps, call, calls, callMs, dims, original }) => {
      const preview = previewer.show(original, dims);
      const event = { phase: 'denoise', ...position, step, steps, call, calls, callMs, preview } as const;
      job.show(event, [preview.data.buffer]);
    },
    onDecode: () => job.show({ phase: 'decode', ...position }),
    onTile: (done, total) => total > 1 && job.show({ phase: 'decode', ...position, tiles: { done, total } }),
  };
}
