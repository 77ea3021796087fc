/** Pictures in this process: the engine's own pipeline on ONNX Runtime's WASM build, with one thread. */
import type { ImageSettings } from '../../src/domain/diffusion/image-settings.ts';
import { passesOfPlan, planCalls, stepsOf } from '../../src/domain/diffusion/fast/fast-way.ts';
import { modelCalls } from '../../src/domain/diffusion/samplers/model-calls.ts';
import { folderFiles } from '../../src/testing/folder-files.ts';
import { openModel, type Model } from '../../src/worker/model/model.ts';
import { loadTokenizer } from '../../src/worker/model/tokenizer.ts';
import { drawPicture, schedulerFor, type Picture } from '../../src/worker/pipeline/picture.ts';
import { openRuntime } from '../../src/worker/runtime/ort.ts';
import { noExtras } from '../../src/worker/weights/no-extras.ts';
import type { Way } from './ways.ts';

export async function openFolder(folder: string): Promise<Model> {
  const files = folderFiles(folder);
  return openModel({
    files,
    tokenizer: await loadTokenizer(files),
    extras: noExtras,
    mode: 'wasm',
    openRuntime: () => openRuntime('wasm', 1),
    onFailure: () => undefined,
  });
}

const job = {
  signal: new AbortController().signal,
  tell: () => undefined,
  onEncode: () => undefined,
  onStep: () => undefined,
  onDecode: () => undefined,
  onTile: () => undefined,
};

export interface Drawn extends Picture {
  readonly denoiseMs: number;
  readonly passes: number;
}

export async function draw(
  model: Model,
  settings: ImageSettings,
  { way, sampler, steps }: Way,
): Promise<Drawn> {
  const own = { ...settings, ...(sampler && { sampler }), ...(steps && { steps }) };
  const request = { settings: own, scheduler: schedulerFor(model, own), source: undefined, morph: undefined };
  const picture = await drawPicture(model, { ...request, ...(way && { way }) }, job);
  const calls = modelCalls({ ...own, steps: way ? stepsOf(way, own.steps) : own.steps });
  const passes = way ? passesOfPlan(planCalls(way, calls), true) : 2 * calls;
  return { ...picture, denoiseMs: picture.timings.denoiseMs, passes };
}
