import { apiLeaderPrefix } from '../engine/stored-names.ts';

/** The channel of the tab that answers; undefined if there is none. */
export async function leaderChannel(base: string): Promise<string | undefined> {
  const { held = [] } = await navigator.locks.query();
  const leader = held.find(
    ({ name, mode }) => name?.startsWith(apiLeaderPrefix(base)) && mode === 'exclusive',
  );
  return leader?.name;
}

/** Resolves when the tab that listens at this channel is gone. */
export async function leaderGone(channelName: string, signal: AbortSignal): Promise<void> {
  await navigator.locks.request(channelName, { mode: 'shared', signal }, () => undefined);
}
