/** Writes of the queue to storage: one after the other, so that a late one never undoes an earlier, and never in the way of the work. */
import type { QueueOwner } from './storage/queue-owner.ts';
import type { QueueRecords, StoredJob } from './storage/queue-records.ts';

export interface QueueKeeping {
  /** Fetched when the first job is asked for. */
  readonly records: () => Promise<QueueRecords>;
  readonly owner: QueueOwner;
  /** Tells other pages that what was left behind has been taken. */
  readonly channel: Pick<BroadcastChannel, 'postMessage' | 'addEventListener'>;
}

export interface QueueWriter {
  put(jobs: readonly Omit<StoredJob, 'owner'>[]): void;
  change: (...change: Parameters<QueueRecords['change']>) => void;
  remove(ids: readonly string[]): void;
}

/** `onLoss` is called once, when a job could not be kept: the queue then lives as long as the page. */
export function createQueueWriter(keeping: QueueKeeping | undefined, onLoss: () => void): QueueWriter {
  let last = Promise.resolve();
  let lost = false;
  const write = (act: (records: QueueRecords) => Promise<void>) => {
    if (!keeping) return;
    last = last
      .then(async () => act(await keeping.records()))
      .catch(() => {
        if (!lost) onLoss();
        lost = true;
      });
  };
  return {
    put: (jobs) =>
      write(async (records) => {
        await keeping!.owner.known();
        await records.put(jobs.map((job) => ({ ...job, owner: keeping!.owner.me })));
      }),
    change: (...change) => write((records) => records.change(...change)),
    remove: (ids) => write((records) => records.remove(ids)),
  };
}
