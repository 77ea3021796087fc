/** Checkpoints of one file on disk, as CompVis and Civitai give them: only their tables are read before anything is copied. */
import { AppError } from '../../domain/errors.ts';
import { clipMerges } from '../../domain/model/clip-merges.ts';
import type { SourceFile } from '../../domain/model/model-file.ts';
import type { ModelPlan } from '../../domain/model/plan.ts';
import { planSingleFile, type OpenedFile } from '../../domain/model/single-file.ts';
import { readCheckpoint } from '../../domain/weights/checkpoint.ts';
import { openWeights } from '../../domain/weights/weight-file.ts';
import type { PickedFile } from '../../engine/model-protocol.ts';
import type { Fetch } from './ask.ts';
import { blobSource } from './byte-sources.ts';
import type { HubDeps } from './hub.ts';
import { planWithVae, sourceUrl } from './remote-checkpoint.ts';

const weightPattern = /\.(?:safetensors|ckpt|pt|pth|bin)$/i;

/** Files of weights by themselves: not in a pipeline's folders. */
export const areSingleFiles = (picked: readonly PickedFile[]) =>
  picked.length > 0 && picked.every(({ path }) => !path.includes('/') && weightPattern.test(path));

/** Throws `file-corrupt`, `file-unreadable`, `model-unsupported` (saying what it is), `model-incomplete` (saying what is missing). */
export async function inspectSingleFiles(
  picked: readonly PickedFile[],
  revision: string,
  hub: { readonly hubUrl: string; readonly deps: HubDeps } | null,
): Promise<readonly ModelPlan[]> {
  const opened: OpenedFile[] = [];
  for (const { path, file } of picked) {
    const weights = await openWeights(blobSource(path, file));
    const source = { path, sizeBytes: file.size };
    opened.push({ source, checkpoint: await readCheckpoint(weights, path) });
  }
  const main = opened.find(({ checkpoint }) => checkpoint.unet)?.source.path ?? picked[0]!.path;
  const name = main.replace(weightPattern, '');
  const named = { name, id: `local:${name}`, revision, licence: null };
  const origin = { kind: 'disk', folderName: name } as const;
  if (!hub) return planSingleFile(named, opened, origin);
  return planWithVae(named, opened, origin, hub.hubUrl, hub.deps);
}

/** What a plan takes from elsewhere than the disk: CLIP's vocabulary from the app, perhaps the family's VAE. Throws `offline`, `download-failed`. */
export async function ownFiles(plan: ModelPlan, fetch: Fetch): Promise<readonly PickedFile[]> {
  const others = plan.files.filter(
    ({ source }) => source.url !== undefined || source.path === clipMerges.source.path,
  );
  return Promise.all(
    others.map(async ({ source }) => ({ path: source.path, file: await fetched(plan, source, fetch) })),
  );
}

async function fetched({ origin }: ModelPlan, source: SourceFile, fetch: Fetch): Promise<File> {
  const { path } = source;
  try {
    const response = await fetch(sourceUrl(origin, source));
    if (!response.ok)
      throw new AppError('download-failed', `The server answered ${response.status} for ${path}.`);
    return new File([await response.blob()], path.split('/').at(-1)!);
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw new AppError('download-failed', `${path} could not be fetched.`, { cause });
  }
}
