/** The queue in this browser: one record for each job, so that it survives a reload and a crash. */
import { queueVersion, readQueueRecord, type QueueRecord } from '../../../domain/recipe/queue-record.ts';
import type { QueueJob } from '../../../domain/recipe/queue-job.ts';
import type { RecordStore } from '../../../engine/idb.ts';

export interface StoredJob {
  readonly id: string;
  readonly owner: string;
  readonly place: number;
  readonly job: QueueJob;
  readonly source: Blob | null;
}

/** Calls throw `storage-full`, `storage-failed`. */
export interface QueueRecords {
  /** In the order of their places. Records that this version cannot read are not listed, and stay. */
  list(): Promise<StoredJob[]>;
  put(jobs: readonly StoredJob[]): Promise<void>;
  /** Another place, or other numbers; nothing where there is no such job any more. */
  change(id: string, change: Partial<Pick<StoredJob, 'place' | 'job'>>): Promise<void>;
  remove(ids: readonly string[]): Promise<void>;
  /** Of these jobs those that still belong to the page they are said to belong to, from now on the new owner's: no two pages make the same. */
  claim(jobs: readonly StoredJob[], owner: string): Promise<StoredJob[]>;
  /** Films of all pages, whatever has become of these. */
  films(): Promise<Extract<QueueJob, { kind: 'film' }>[]>;
}

const prefix = 'job:';
const key = (id: string) => prefix + id;

export function createQueueRecords(store: RecordStore): QueueRecords {
  const list = async () => {
    const records = await store.list(prefix);
    const jobs = records.flatMap(([, record]) => readQueueRecord(record) ?? []).map(fromRecord);
    return jobs.sort((a, b) => a.place - b.place || (a.id < b.id ? -1 : 1));
  };
  const edit = (id: string, change: (record: QueueRecord) => QueueRecord | undefined) =>
    store.update(key(id), (data) => {
      const record = readQueueRecord(data);
      return record && change(record);
    });

  return {
    list,
    put: async (jobs) => {
      const records = await Promise.all(jobs.map(toRecord));
      await store.write({ put: records.map((record) => [key(record.id), record] as const) });
    },
    change: (id, change) => edit(id, (record) => ({ ...record, ...change })),
    remove: (ids) => store.write({ remove: ids.map(key) }),
    claim: async (jobs, owner) => {
      const claimed: StoredJob[] = [];
      for (const job of jobs) {
        await edit(job.id, (record) => {
          if (record.owner !== job.owner) return undefined;
          claimed.push({ ...job, owner });
          return { ...record, owner };
        });
      }
      return claimed;
    },
    films: async () => (await list()).flatMap(({ job }) => (job.kind === 'film' ? [job] : [])),
  };
}

async function toRecord({ source, ...job }: StoredJob): Promise<QueueRecord> {
  const bytes = source && { mediaType: source.type, bytes: await source.arrayBuffer() };
  return { version: queueVersion, ...job, source: bytes };
}

function fromRecord({ id, owner, place, job, source }: QueueRecord): StoredJob {
  return { id, owner, place, job, source: source && new Blob([source.bytes], { type: source.mediaType }) };
}
