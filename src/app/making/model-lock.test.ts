import { expect, test } from 'vitest';
import { fakeTabs } from '../../testing/fake-browser.ts';
import { createModelLock } from './model-lock.ts';

/** Locks and a channel that several tabs share. */
function browser() {
  const tabs = fakeTabs();
  const listeners: { readonly owner: object; hear: (event: { data: unknown }) => void }[] = [];
  let held: Promise<unknown> | null = null;
  const request = async (
    _name: string,
    { ifAvailable, signal }: LockOptions,
    work: (lock: Lock | null) => Promise<void> | undefined,
  ): Promise<unknown> => {
    if (held && ifAvailable) return work(null);
    while (held) {
      signal?.throwIfAborted();
      const aborted = new Promise((_, reject) =>
        signal?.addEventListener('abort', () => reject(signal.reason as Error)),
      );
      await Promise.race([held, aborted]);
    }
    const done = work({ mode: 'exclusive', name: 'any' }) ?? Promise.resolve();
    held = done;
    await done;
    held = null;
    return undefined;
  };
  return (onAsked: () => void) => {
    const owner = tabs();
    const channel = {
      postMessage: (data: unknown) => {
        for (const each of listeners) if (each.owner !== owner) each.hear({ data });
      },
      addEventListener: (_type: string, hear: (event: { data: unknown }) => void) => {
        listeners.push({ owner, hear });
      },
    };
    return createModelLock({
      locks: { request } as unknown as LockManager,
      channel: channel as unknown as BroadcastChannel,
      onAsked,
    });
  };
}

const never = () => new AbortController().signal;
const unexpected = () => {
  throw new Error('no other tab holds it');
};

test('the first tab gets it at once, and again without asking', async () => {
  const hold = browser()(unexpected);
  await hold.acquire(never(), unexpected);
  await hold.acquire(never(), unexpected);
});

test('a second tab is told, and gets it when the first lets go on its asking', async () => {
  const openTab = browser();
  const first = openTab(() => first.release());
  const second = openTab(unexpected);
  await first.acquire(never(), unexpected);
  let told = 0;
  await second.acquire(never(), () => {
    told++;
    second.takeOver();
  });
  expect(told).toBe(1);
});

test('a tab that stops waiting is out of the way', async () => {
  const openTab = browser();
  const first = openTab(unexpected);
  const second = openTab(unexpected);
  await first.acquire(never(), unexpected);
  const stop = new AbortController();
  await expect(second.acquire(stop.signal, () => stop.abort())).rejects.toThrow(
    expect.objectContaining({ name: 'AbortError' }) as Error,
  );
});

test('a tab that holds nothing is not disturbed', () => {
  const openTab = browser();
  openTab(unexpected);
  openTab(unexpected).takeOver();
});
