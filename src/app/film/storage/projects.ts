/** Films in the making, each in one record, and the pictures and sounds that they refer to, each in one of its own. */
import { AppError } from '../../../domain/errors.ts';
import { parseProject } from '../../../domain/recipe/film-recipe.ts';
import { assetIds } from '../../../domain/video/pictures.ts';
import type { FilmProject } from '../../../domain/video/project.ts';
import type { RecordStore } from '../../../engine/idb.ts';

export interface StoredProject {
  readonly project: FilmProject;
  readonly changedAtMs: number;
}

/** Calls throw `storage-full`, `storage-failed`. */
export interface FilmProjects {
  /** Latest change first. Records that this version cannot read are not listed, and stay. */
  list(): Promise<StoredProject[]>;
  save(project: FilmProject): Promise<void>;
  /** In place, and without making it the one that was changed last; nothing where there is no such film. */
  change(id: string, change: (project: FilmProject) => FilmProject): Promise<void>;
  remove(id: string): Promise<void>;
  /** Resolves with its id once it is safe on disk. */
  addAsset(file: Blob): Promise<string>;
  /** Null where there is none. */
  asset(id: string): Promise<Blob | null>;
  /** Deletes assets that no stored film refers to, and none that waits to be made. */
  removeUnused(): Promise<void>;
}

export interface FilmProjectsDeps {
  readonly store: RecordStore;
  readonly nowMs: () => number;
  readonly newId: () => string;
  /** Films that wait in the queue, as they were when they were asked for. */
  readonly waiting?: () => Promise<readonly FilmProject[]>;
}

const recordVersion = 1;
const projectKey = (id: string) => `project:${id}`;
const assetKey = (id: string) => `asset:${id}`;

/** Another tab may have made an asset and not yet saved the film that it belongs to. */
const youngMs = 60 * 60 * 1000;

export function createFilmProjects({ store, nowMs, newId, waiting }: FilmProjectsDeps): FilmProjects {
  return {
    list: async () => {
      const records = await store.list('project:');
      return records.flatMap(([, record]) => readProject(record) ?? []).sort(byChange);
    },
    save: (project) => {
      const record = { version: recordVersion, project, changedAtMs: nowMs() };
      return store.write({ put: [[projectKey(project.id), record]] });
    },
    change: (id, change) =>
      store.update(projectKey(id), (record) => {
        const stored = readProject(record);
        return stored && { version: recordVersion, ...stored, project: change(stored.project) };
      }),
    remove: (id) => store.write({ remove: [projectKey(id)] }),
    addAsset: async (file) => {
      const id = newId();
      // Bytes, not a Blob: those are unreliable in the IndexedDB of iOS.
      const bytes = await file.arrayBuffer();
      const record = { version: recordVersion, mediaType: file.type, bytes, createdAtMs: nowMs() };
      await store.write({ put: [[assetKey(id), record]] });
      return id;
    },
    asset: async (id) => {
      const record = await store.get(assetKey(id));
      return isAsset(record) ? new Blob([record.bytes], { type: record.mediaType }) : null;
    },
    removeUnused: async () => removeUnused(store, nowMs() - youngMs, (await waiting?.()) ?? []),
  };
}

const byChange = (a: StoredProject, b: StoredProject) => b.changedAtMs - a.changedAtMs;

interface AssetRecord {
  readonly version: typeof recordVersion;
  readonly mediaType: string;
  readonly bytes: ArrayBuffer;
  readonly createdAtMs: number;
}

function isAsset(record: unknown): record is AssetRecord {
  return isRecord(record) && record['version'] === recordVersion && record['bytes'] instanceof ArrayBuffer;
}

function readProject(record: unknown): StoredProject | null {
  if (!isRecord(record) || record['version'] !== recordVersion) return null;
  try {
    return { project: parseProject(record['project']), changedAtMs: Number(record['changedAtMs']) };
  } catch (error) {
    // A film of a later version of the app, or a damaged one: it stays where it is.
    if (error instanceof AppError) return null;
    throw error;
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

async function removeUnused(
  store: RecordStore,
  beforeMs: number,
  waiting: readonly FilmProject[],
): Promise<void> {
  const records = await store.list('project:');
  const projects = records.map(([, record]) => readProject(record));
  // What belongs to a film that cannot be read is not known.
  if (projects.includes(null)) return;
  const films = [...projects.map((stored) => stored!.project), ...waiting];
  const used = new Set(films.flatMap((film) => assetIds(film).map(assetKey)));
  for (const key of await store.keys('asset:')) {
    if (used.has(key)) continue;
    const record = await store.get(key);
    if (isAsset(record) && record.createdAtMs < beforeMs) await store.write({ remove: [key] });
  }
}
