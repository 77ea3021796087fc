/** Which files of a build are kept, and when: pure decisions, the caches are in `precache.ts`. */
import type { BuildFile, BuildFileKind } from '../engine/service-worker.ts';

/** As the build writes it down: `revision` is null where the name itself holds a hash of the content. */
export interface ManifestEntry {
  readonly url: string;
  readonly revision: string | null;
}

const revisionParameter = '__revision';

export function buildFiles(manifest: readonly ManifestEntry[], scope: string): BuildFile[] {
  return manifest.map((entry) => {
    const url = new URL(entry.url, scope);
    const key = new URL(url);
    if (entry.revision !== null) key.searchParams.set(revisionParameter, entry.revision);
    return { url: url.href, key: key.href, kind: kindOf(entry.url) };
  });
}

function kindOf(url: string): BuildFileKind {
  if (/(^|\/)models\//.test(url)) return 'model';
  // The API's documentation brings large viewers, which most people never open.
  return /\.wasm$|(^|\/)assets\/(docs|redoc)[.-]/.test(url) ? 'runtime' : 'shell';
}

/**
 * `required` must be there before the new version may start. `wanted` keeps what works offline working offline: of a first install
 * nothing (the page fetches it later, with progress), of an update the model and newer builds of those runtimes that are cached.
 */
export function planInstall(
  files: readonly BuildFile[],
  cachedKeys: readonly string[],
): { required: BuildFile[]; wanted: BuildFile[] } {
  const cached = new Set(cachedKeys);
  const cachedStems = new Set(cachedKeys.map(stemOf));
  const missing = files.filter(({ key }) => !cached.has(key));
  return {
    required: missing.filter(({ kind }) => kind === 'shell'),
    wanted: missing.filter(({ kind, url }) => kind !== 'shell' && cachedStems.has(stemOf(url))),
  };
}

/** Keys of the build before the previous one. The previous one's stay: tabs that still run it load parts of it later. */
export function planCleanup(
  cachedKeys: readonly string[],
  files: readonly BuildFile[],
  previousKeys: readonly string[],
): string[] {
  const kept = new Set([...files.map(({ key }) => key), ...previousKeys]);
  return cachedKeys.filter((key) => !kept.has(key));
}

/** The name without hash and revision: `assets/runtime-B7wq3xYz.wasm` → `assets/runtime.wasm`. */
function stemOf(url: string): string {
  return new URL(url).pathname.replace(/-[\w-]{8}(\.\w+)$/, '$1');
}

/** The file that answers a request; the folder itself is its `index.html`, `docs` is `docs.html`. Queries are the page's own affair. */
export function findBuildFile(
  files: readonly BuildFile[],
  requestUrl: string,
  scope: string,
): BuildFile | undefined {
  const { origin, pathname } = new URL(requestUrl);
  const url = origin + pathname;
  const file = url === scope ? `${scope}index.html` : url;
  return files.find((each) => each.url === file) ?? files.find((each) => each.url === `${file}.html`);
}

/** A file whose name holds a hash and that is not of this build is of an earlier one: its key is its address. */
export function findEarlierFile(requestUrl: string, scope: string): BuildFile | undefined {
  const { origin, pathname } = new URL(requestUrl);
  const url = origin + pathname;
  return url.startsWith(`${scope}assets/`) ? { url, key: url, kind: 'shell' } : undefined;
}
