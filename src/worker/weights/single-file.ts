/** Checkpoints of one file on disk, as CompVis and Civitai give them: only their tables are read before anything is copied. */
import { AppError } from '../../domain/errors.ts';
import { clipMerges } from '../../domain/model/clip-merges.ts';
import type { ModelPlan } from '../../domain/model/plan.ts';
import { planSingleFile, type OpenedFile } from '../../domain/model/single-file.ts';
import { readCheckpoint } from '../../domain/weights/checkpoint.ts';
import { openWeights } from '../../domain/weights/weight-file.ts';
import type { PickedFile } from '../../engine/model-protocol.ts';
import type { Fetch } from './ask.ts';
import { blobSource } from './byte-sources.ts';

const weightPattern = /\.(?:safetensors|ckpt|pt|pth|bin)$/i;

/** Files of weights by themselves: not in a pipeline's folders. */
export const areSingleFiles = (picked: readonly PickedFile[]) =>
  picked.length > 0 && picked.every(({ path }) => !path.includes('/') && weightPattern.test(path));

/** Throws `file-corrupt`, `file-unreadable`, `model-unsupported` (saying what it is), `model-incomplete` (saying what is missing). */
export async function inspectSingleFiles(picked: readonly PickedFile[]): Promise<readonly ModelPlan[]> {
  const opened: OpenedFile[] = [];
  for (const { path, file } of picked) {
    const weights = await openWeights(blobSource(path, file));
    const source = { path, sizeBytes: file.size };
    opened.push({ source, checkpoint: await readCheckpoint(weights, path) });
  }
  const main = opened.find(({ checkpoint }) => checkpoint.unet)?.source.path ?? picked[0]!.path;
  const name = main.replace(weightPattern, '');
  return planSingleFile(name, opened, { kind: 'disk', folderName: name });
}

/** What a plan takes from the app itself. Throws `offline`, `download-failed`. */
export async function ownFiles(plan: ModelPlan, fetch: Fetch): Promise<readonly PickedFile[]> {
  const { path } = clipMerges.source;
  if (!plan.files.some(({ source }) => source.path === path)) return [];
  try {
    const response = await fetch(new URL(`${import.meta.env.BASE_URL}${path}`, self.location.origin).href);
    if (!response.ok)
      throw new AppError('download-failed', `The server answered ${response.status} for ${path}.`);
    return [{ path, file: new File([await response.blob()], 'merges.txt') }];
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw new AppError('download-failed', `${path} of the app could not be fetched.`, { cause });
  }
}
