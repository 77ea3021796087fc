/** Checkpoints of one file, in a repository or at an address: told by their tables, before anything large is fetched. */
import { clipMerges } from '../../domain/model/clip-merges.ts';
import { AppError } from '../../domain/errors.ts';
import type { SourceFile } from '../../domain/model/model-file.ts';
import { formatModelId, isWeightName } from '../../domain/model/model-id.ts';
import type { ModelOrigin, ModelPlan } from '../../domain/model/plan.ts';
import { planSingleFile, type OpenedFile, type SingleFileName } from '../../domain/model/single-file.ts';
import { readCheckpoint } from '../../domain/weights/checkpoint.ts';
import { openWeights } from '../../domain/weights/weight-file.ts';
import { fileUrl, repositoryFacts, repositoryFiles, type HubDeps, type HubRepository } from './hub.ts';
import { findFile, rangeSource } from './range-source.ts';
import { sha256Of } from './sha256.ts';

/** Some repositories hold every variant there is; somebody who wants one of more gives its address. */
const mostFiles = 6;

/** Files of weights by themselves, at the top of a repository: the likelier first. */
export function singleFilesIn(files: readonly SourceFile[], path = ''): readonly SourceFile[] {
  if (path !== '') return files.filter((file) => file.path === path);
  const loose = files.filter((file) => !file.path.includes('/') && isWeightName(file.path));
  const stem = (file: SourceFile) => file.path.replace(/\.[^.]+$/, '');
  const safe = new Set(loose.filter((file) => file.path.endsWith('.safetensors')).map(stem));
  return loose.filter((file) => file.path.endsWith('.safetensors') || !safe.has(stem(file)));
}

/** Throws what the first of them is refused for, when none can be used. */
export async function inspectSingleHubFiles(
  from: HubRepository,
  files: readonly SourceFile[],
  licence: string | null,
  deps: HubDeps,
): Promise<readonly ModelPlan[]> {
  const plans: ModelPlan[] = [];
  const reasons: AppError[] = [];
  for (const source of files.slice(0, mostFiles)) {
    try {
      const id = formatModelId({ repository: from.repository, folder: source.path, precision: null });
      const name = { name: withoutEnding(source.path), id, revision: from.revision, licence };
      const opened = await openRemote({ ...source, url: fileUrl(from, source.path) }, deps);
      plans.push(...(await planWithVae(name, [opened], { kind: 'hub', ...from }, from.hubUrl, deps)));
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      reasons.push(error);
    }
  }
  if (plans.length === 0 && reasons[0]) throw reasons[0];
  return plans;
}

/** Throws as `rangeSource`, `model-unsupported`, `model-incomplete`, `file-corrupt`. */
export async function inspectAddress(
  url: string,
  hubUrl: string,
  hubDeps: HubDeps,
): Promise<readonly ModelPlan[]> {
  const deps = { ...hubDeps, tries: 3 };
  const { name: fileName, sizeBytes, etag } = await findFile(url, deps);
  const state = new TextEncoder().encode([url, sizeBytes, etag].join(' '));
  const name = withoutEnding(fileName);
  const named = { name, id: `local:${name}`, revision: (await sha256Of(state)).slice(0, 12), licence: null };
  const opened = await openRemote({ path: fileName, sizeBytes, url }, deps);
  return planWithVae(named, [opened], { kind: 'address', url }, hubUrl, deps);
}

const withoutEnding = (path: string) =>
  path
    .split('/')
    .at(-1)!
    .replace(/\.[^.]+$/, '');

async function openRemote(source: SourceFile & { readonly url: string }, deps: HubDeps): Promise<OpenedFile> {
  const { path, sizeBytes, url } = source;
  const weights = await openWeights(rangeSource({ name: path, url, sizeBytes }, deps));
  return { source, checkpoint: await readCheckpoint(weights, path) };
}

/** Of all Stable Diffusion 1 and 2, as its makers improved it. https://huggingface.co/stabilityai/sd-vae-ft-mse */
const familyVae = { repository: 'stabilityai/sd-vae-ft-mse', path: 'diffusion_pytorch_model.safetensors' };

/** Pruned checkpoints lack the VAE, which is the same for the whole family. Where it cannot be had, that it is missing is told. */
export async function planWithVae(
  name: SingleFileName,
  opened: readonly OpenedFile[],
  origin: ModelOrigin,
  hubUrl: string,
  deps: HubDeps,
): Promise<readonly ModelPlan[]> {
  const has = (part: 'unet' | 'vae') => opened.some(({ checkpoint }) => checkpoint[part] !== null);
  if (!has('unet') || has('vae')) return planSingleFile(name, opened, origin);
  const vae = await openFamilyVae(hubUrl, deps).catch((error: unknown) => {
    if (error instanceof AppError) return null;
    throw error;
  });
  return planSingleFile(name, vae ? [...opened, vae] : opened, origin);
}

async function openFamilyVae(hubUrl: string, deps: HubDeps): Promise<OpenedFile | null> {
  const { repository, path } = familyVae;
  const { commit: revision } = await repositoryFacts({ hubUrl, repository, revision: 'main' }, deps);
  const from = { hubUrl, repository, revision };
  const source = (await repositoryFiles(from, deps)).find((file) => file.path === path);
  return source ? openRemote({ ...source, url: fileUrl(from, path) }, deps) : null;
}

/** Where a plan's file is fetched from. Throws `internal` for one that lies on the person's own disk. */
export function sourceUrl(origin: ModelOrigin, { path, url }: SourceFile): string {
  if (url !== undefined) return url;
  if (path === clipMerges.source.path) return appUrl(path);
  if (origin.kind === 'hub') return fileUrl(origin, path);
  throw new AppError('internal', `${path} does not come from a server.`);
}

const appUrl = (path: string) => new URL(`${import.meta.env.BASE_URL}${path}`, self.location.origin).href;
