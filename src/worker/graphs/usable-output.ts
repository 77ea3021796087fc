import { AppError } from '../../domain/errors.ts';
import type { Job } from '../runtime/job.ts';
import type { FallbackSessions } from './fallback-sessions.ts';

/** How a graph is run until what it gives can be used. */
export interface Computation<T> {
  readonly compute: () => Promise<T>;
  readonly isUsable: (result: T) => boolean;
  /** What is told when it is not. */
  readonly reason: string;
}

/** Half precision overflows, and some drivers compute nonsense: goes on in a safer mode then. Throws `bad-output` when there is none left. */
export async function untilUsable<T>(
  sessions: Pick<FallbackSessions, 'beSafer'>,
  job: Job,
  { compute, isUsable, reason }: Computation<T>,
): Promise<T> {
  for (;;) {
    const result = await compute();
    if (isUsable(result)) return result;
    if (!(await sessions.beSafer(job, reason))) throw new AppError('bad-output', reason);
  }
}
