/** Jobs that a page which is gone has left behind: the person is asked whether to go on. */
import { isMade } from '../../domain/recipe/queue-job.ts';
import type { StoredJob } from './storage/queue-records.ts';
import type { Slice } from '../base/slice.ts';
import type { QueueKeeping } from './queue-keeping.ts';
import { lastPlace, type QueueEntry, type QueueSlice } from './queue-state.ts';
import type { Queue } from './queue.ts';
import { message } from '../words/message.ts';
import { showToast, type ToastContext, type ToastSlice } from '../base/toasts.ts';

export interface LeftContext extends ToastContext {
  readonly deps: { readonly queue?: QueueKeeping };
  readonly store: Slice<QueueSlice & ToastSlice>;
  readonly queue: Pick<Queue, 'take'>;
}

export function leftActions(context: LeftContext) {
  const { store, deps, queue } = context;
  const { queue: keeping } = deps;
  let left: readonly StoredJob[] = [];

  const show = (jobs: readonly StoredJob[]) => {
    left = jobs;
    store.setState((state) => ({ queue: { ...state.queue, left: jobs.map(entryOf) } }));
  };
  const taken = () => keeping?.channel.postMessage('taken');
  /** Without those that another page has taken meanwhile. */
  const lookAgain = async () => {
    if (left.length === 0 || !keeping) return;
    const now = await (await keeping.records()).list();
    show(left.filter(({ id, owner }) => now.some((job) => job.id === id && job.owner === owner)));
  };

  return {
    /** Asks for what earlier pages have left; of a page that still lives, once it is gone. */
    findLeft: async (): Promise<void> => {
      if (!keeping) return;
      keeping.channel.addEventListener('message', () => void lookAgain().catch(ignore));
      const records = await keeping.records();
      const owners = new Set((await records.list()).map(({ owner }) => owner));
      owners.delete(keeping.owner.me);
      const offer = async (owner: string) => {
        await keeping.owner.gone(owner);
        const theirs = (await records.list()).filter((job) => job.owner === owner);
        await records.remove(theirs.filter(({ job }) => isMade(job)).map(({ id }) => id));
        show([...left, ...theirs.filter(({ job }) => !isMade(job))]);
      };
      await Promise.all([...owners].map(offer));
    },
    /** Into the queue of this page, behind what is there. */
    goOn: async (): Promise<void> => {
      const wanted = left;
      show([]);
      const claimed = await claim(keeping!, wanted);
      if (claimed.length < wanted.length) showToast(context, message('jobsGoElsewhere'));
      const first = lastPlace(store.getState().queue) + 1;
      const jobs = claimed.map((job, index) => ({ ...job, place: first + index }));
      const records = await keeping!.records();
      // Only the order is at stake.
      await Promise.all(jobs.map(({ id, place }) => records.change(id, { place }))).catch(ignore);
      queue.take(jobs);
      taken();
    },
    /** Can be undone: they are then asked about once more. */
    discardLeft: async (): Promise<void> => {
      const unwanted = left;
      show([]);
      const records = await keeping!.records();
      await records.remove(unwanted.map(({ id }) => id));
      const undo = () => {
        show([...left, ...unwanted]);
        void records.put(unwanted).catch(ignore);
      };
      showToast(context, message('jobsDiscarded', unwanted.length), [{ label: message('undo'), run: undo }]);
      taken();
    },
  };
}

/** When the storage does not answer, they are made all the same. */
async function claim(
  { records, owner }: QueueKeeping,
  jobs: readonly StoredJob[],
): Promise<readonly StoredJob[]> {
  try {
    await owner.known();
    return await (await records()).claim(jobs, owner.me);
  } catch {
    return jobs;
  }
}

const ignore = () => undefined;

const entryOf = ({ id, place, job }: StoredJob): QueueEntry => ({
  id,
  place,
  job,
  state: { status: 'waiting' },
});

export type LeftActions = ReturnType<typeof leftActions>;
