/** A whole model, from the hub into storage. */
import { lockNames } from '../../engine/stored-names.ts';
import { AppError, toPlainError } from '../../domain/errors.ts';
import type { LayoutFile } from '../../domain/model/model-file.ts';
import { readModel } from '../../domain/onnx/file.ts';
import { externalDataNames } from '../../domain/onnx/tensors.ts';
import type { ModelOrigin, ModelPlan } from '../../domain/model/plan.ts';
import { libraryKey } from '../../domain/model/stored-model.ts';
import type { DownloadEvent } from '../../engine/model-protocol.ts';
import { beginModel, finishModel, roomFor } from './begin.ts';
import { contentWriter } from './content-writer.ts';
import { readRecord, storedBytes } from './content.ts';
import { fetchFile } from './fetch-file.ts';
import type { HubDeps } from './hub.ts';
import type { RecordStore } from './idb.ts';
import { manifestKey, storedFiles, type Manifest, type StoredFile } from './manifest.ts';
import { inParallel, progressSum } from './progress.ts';
import { sourceUrl } from './remote-checkpoint.ts';
import { readStored } from './stored-files.ts';
import type { Tabs } from './tabs.ts';

export interface DownloadDeps extends Omit<HubDeps, 'onWait' | 'signal'> {
  readonly records: RecordStore;
  readonly tabs: Tabs;
}

export interface DownloadOptions {
  /** Files at a time, 1 … 3. */
  readonly parallel: number;
  readonly signal: AbortSignal;
  readonly onEvent: (event: DownloadEvent) => void;
}

/** Configuration, vocabulary, and graphs that keep their weights elsewhere. */
const smallBytes = 8 * 2 ** 20;

/**
 * Fetches what is missing; the model exists once its manifest is written, at the very end. Two tabs that want the same model share the work.
 * Throws `storage-full` before anything is fetched, `model-incomplete` when a graph names weights that are not there, and as `fetchFile`.
 * After an abort or a failure what was fetched stays, and the next call goes on from there.
 */
export function downloadModel(
  plan: ModelPlan,
  deps: DownloadDeps,
  options: DownloadOptions,
): Promise<Manifest> {
  const key = libraryKey(plan);
  let stopListening: () => void = () => undefined;
  const follow = () => {
    stopListening = deps.tabs.listen((message) => {
      if (message.type === 'download' && message.key === key)
        options.onEvent({ ...message, kind: 'elsewhere' });
    });
  };
  const work = () => {
    stopListening();
    return fetchAll(plan, deps, options);
  };
  return deps.tabs
    .exclusively(lockNames.model(key), options.signal, work, follow)
    .finally(() => stopListening());
}

async function fetchAll(plan: ModelPlan, deps: DownloadDeps, options: DownloadOptions): Promise<Manifest> {
  const { origin } = plan;
  if (origin.kind === 'disk') throw new AppError('internal', `${plan.id} does not come from a server.`);
  const { records, tabs } = deps;
  const known = await records.get<Manifest>(manifestKey(plan));
  if (known) return known;

  const files = storedFiles(plan);
  await roomFor(files, records);
  await beginModel(plan, files, records, tabs, options.signal);

  const sum = progressSum(plan.totalBytes, deps.clock, (progress) => {
    options.onEvent({ kind: 'progress', ...progress });
    tabs.announce({ type: 'download', key: libraryKey(plan), ...progress });
  });
  await tellStored(files, records, sum.set);
  const fetchSome = (some: readonly Job[]) =>
    inParallel(
      some,
      options.parallel,
      (job, signal) => fetchOne(job, origin, deps, { ...options, signal }, sum.set),
      options.signal,
    );
  const jobs = plan.files.map((file, i): Job => ({ file, stored: files[i]! }));
  const isSmall = ({ file }: Job) => file.source.sizeBytes <= smallBytes;
  const small = jobs.filter(isSmall);
  await fetchSome(small);
  await refuseMissingData(plan, small, records);
  await fetchSome(jobs.filter((job) => !isSmall(job)).sort(largestFirst));
  sum.flush();
  return finishModel(plan, files, records, tabs);
}

interface Job {
  readonly file: LayoutFile;
  readonly stored: StoredFile;
}

const largestFirst = (a: Job, b: Job) => b.file.source.sizeBytes - a.file.source.sizeBytes;

/** So that a download which goes on does not seem to begin again. */
async function tellStored(
  files: readonly StoredFile[],
  records: RecordStore,
  tell: (path: string, lengthBytes: number) => void,
): Promise<void> {
  for (const { path, key } of files) {
    const record = await readRecord(records, key);
    if (record) tell(path, storedBytes(record));
  }
}

/** Other models may share this content: one writer at a time. */
function fetchOne(
  { file: { path, source }, stored: { key } }: Job,
  origin: ModelOrigin,
  deps: DownloadDeps,
  { signal, onEvent }: DownloadOptions,
  tell: (path: string, lengthBytes: number) => void,
): Promise<void> {
  return deps.tabs.exclusively(lockNames.content(key), signal, async () => {
    if ((await readRecord(deps.records, key))?.sha256) return tell(path, source.sizeBytes);
    const sink = await contentWriter(deps.records, key, source);
    await fetchFile(sourceUrl(origin, source), source, sink, {
      ...deps,
      signal,
      onLength: (lengthBytes) => tell(path, lengthBytes),
      onWait: (waitMs, reason) => onEvent({ kind: 'waiting', waitMs, error: toPlainError(reason) }),
    });
  });
}

/** Says so before a gigabyte was fetched in vain. */
async function refuseMissingData(
  plan: ModelPlan,
  fetched: readonly Job[],
  records: RecordStore,
): Promise<void> {
  const paths = new Set(plan.files.map(({ path }) => path));
  for (const { file, stored } of fetched) {
    if (!file.path.endsWith('.onnx')) continue;
    const folder = file.path.slice(0, file.path.lastIndexOf('/') + 1);
    const names = externalDataNames(readModel(await readStored(records, stored)));
    const missing = names.filter((name) => !paths.has(folder + name));
    if (missing.length > 0) {
      throw new AppError(
        'model-incomplete',
        `${file.source.path} keeps its weights in ${missing.join(', ')}, which is not there.`,
      );
    }
  }
}
