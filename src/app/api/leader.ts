/** Of all tabs of the app one answers the API, the one whose turn it is; when it closes, the next takes over. */
import { apiLeaderPrefix, lockNames } from '../../engine/stored-names.ts';

export interface LeaderDeps {
  readonly locks: Pick<LockManager, 'request'>;
  /** Where the app lies: `/`, `/sub/`. */
  readonly base: string;
  readonly newId: () => string;
  /** Ends the candidature. */
  readonly signal: AbortSignal;
  /** Called once the turn has come, with the name of the channel to listen at. */
  readonly lead: (channelName: string) => void;
}

/** Resolves when `signal` has ended it. */
export async function standForLeader({ locks, base, newId, signal, lead }: LeaderDeps): Promise<void> {
  const name = apiLeaderPrefix(base) + newId();
  const hold = async () => {
    if (signal.aborted) return;
    // Transports find us by this lock, and learn from its release that we are gone.
    await locks.request(name, async () => {
      lead(name);
      await ended(signal);
    });
  };
  await locks.request(lockNames.apiElection(base), { signal }, hold).catch((error: unknown) => {
    if (!signal.aborted) throw error;
  });
}

function ended(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
