/** The only door to @huggingface/hub: what a repository holds, and where its files are. */
import { listFiles, modelInfo } from '@huggingface/hub';
import { AppError, isAbort } from '../../domain/errors.ts';
import type { SourceFile } from '../../domain/model/model-file.ts';
import { ask, type Fetch } from './ask.ts';
import { Retry, withRetries, type RetryOptions } from './retry.ts';

export interface HubDeps extends RetryOptions {
  readonly fetch: Fetch;
}

export interface HubRepository {
  readonly hubUrl: string;
  /** `owner/name`. */
  readonly repository: string;
  /** Branch, tag or commit. */
  readonly revision: string;
}

export interface RepositoryFacts {
  /** What the branch or tag stands for now: a download must not change under way. */
  readonly commit: string;
  /** As the model card names it; null when it does not. */
  readonly licence: string | null;
}

/** Throws `hub-gated`, `hub-not-found`, `offline`, `download-failed`. */
export function repositoryFacts(from: HubRepository, deps: HubDeps): Promise<RepositoryFacts> {
  return translated(deps, async (asFetch) => {
    const { hubUrl, repository: name, revision } = from;
    const additionalFields: ('sha' | 'cardData' | 'tags')[] = ['sha', 'cardData', 'tags'];
    const info = await modelInfo({ name, revision, hubUrl, additionalFields, fetch: asFetch });
    return { commit: info.sha || revision, licence: licenceOf(info.cardData, info.tags ?? []) };
  });
}

/** Every file of the repository. Throws as `repositoryFacts`. */
export function repositoryFiles(from: HubRepository, deps: HubDeps): Promise<readonly SourceFile[]> {
  return translated(deps, async (asFetch) => {
    const { hubUrl, repository: repo, revision } = from;
    const files: SourceFile[] = [];
    for await (const entry of listFiles({ repo, revision, hubUrl, recursive: true, fetch: asFetch })) {
      if (entry.type !== 'file') continue;
      const { path, size: sizeBytes, lfs, oid } = entry;
      // For a file in LFS, `oid` is git's name of the pointer, not of the content.
      const hash = lfs ? { sha256: lfs.oid } : oid ? { gitOid: oid } : {};
      files.push({ path, sizeBytes, ...hash });
    }
    return files;
  });
}

/** Where a file is fetched from; the hub redirects to wherever it keeps the bytes. */
export function fileUrl({ hubUrl, repository, revision }: HubRepository, path: string): string {
  const encoded = path.split('/').map(encodeURIComponent).join('/');
  return `${hubUrl}/${repository}/resolve/${encodeURIComponent(revision)}/${encoded}`;
}

/** A small file. Throws as `repositoryFacts`. */
export function hubText(from: HubRepository, path: string, deps: HubDeps): Promise<string> {
  const { fetch, signal } = deps;
  return withRetries(async () => (await ask(fetch, fileUrl(from, path), { signal })).text(), deps);
}

async function translated<T>(deps: HubDeps, work: (asFetch: Fetch) => Promise<T>): Promise<T> {
  const { fetch, signal } = deps;
  const asFetch: Fetch = (input, init) => ask(fetch, (input as URL | string).toString(), { ...init, signal });
  return withRetries(async () => {
    try {
      return await work(asFetch);
    } catch (cause) {
      if (cause instanceof Retry || cause instanceof AppError || isAbort(cause)) throw cause;
      throw new AppError('download-failed', 'The hub’s answer could not be understood.', { cause });
    }
  }, deps);
}

function licenceOf(cardData: unknown, tags: readonly string[]): string | null {
  const stated = (cardData as { license?: unknown; license_name?: unknown } | undefined) ?? {};
  const name = stated.license === 'other' ? stated.license_name : stated.license;
  if (typeof name === 'string') return name;
  const tag = tags.find((each) => each.startsWith('license:'));
  return tag?.slice('license:'.length) ?? null;
}
