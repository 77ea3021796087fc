import { expect, test, vi } from 'vitest';
import { createFilmLock, type FilmLockDeps } from './film-lock.ts';

type Held = { readonly steal: () => void; readonly done: Promise<unknown> };

/** Locks and a channel that several tabs share. Waiting ends at once: nobody here is slow by chance. */
function browser() {
  const held = new Map<string, Held>();
  const hearers: ((event: { data: unknown }) => void)[] = [];
  const request = async (
    name: string,
    { steal, signal }: LockOptions,
    work: (lock: Lock) => Promise<void>,
  ): Promise<void> => {
    if (steal) held.get(name)?.steal();
    while (held.has(name)) {
      if (signal?.aborted) throw signal.reason as Error;
      await Promise.race([
        held.get(name)!.done,
        new Promise((resolve) => signal?.addEventListener('abort', resolve)),
      ]);
    }
    let endStolen: (error: unknown) => void = () => undefined;
    const stolen = new Promise<never>((_, reject) => (endStolen = reject));
    const done = Promise.race([work({ mode: 'exclusive', name }), stolen]);
    const entry: Held = {
      steal: () => {
        held.delete(name);
        endStolen(new DOMException('stolen', 'AbortError'));
      },
      done: done.catch(() => undefined),
    };
    held.set(name, entry);
    await done;
    if (held.get(name) === entry) held.delete(name);
  };
  return (changes: Partial<FilmLockDeps> = {}) => {
    const own: typeof hearers = [];
    const channel = {
      postMessage: (data: unknown) =>
        hearers.filter((hear) => !own.includes(hear)).forEach((hear) => hear({ data })),
      addEventListener: (_type: string, hear: (event: { data: unknown }) => void) => {
        own.push(hear);
        hearers.push(hear);
      },
    };
    const onLost = vi.fn();
    const hold = createFilmLock({
      locks: { request } as unknown as LockManager,
      channel: channel as unknown as BroadcastChannel,
      patience: (kind) => (kind === 'leaving' ? AbortSignal.abort() : new AbortController().signal),
      onAsked: () => Promise.resolve(),
      onLost,
      ...changes,
    });
    return { ...hold, onLost };
  };
}

test('the first tab gets a film, the second does not; another film it does', async () => {
  const openTab = browser();
  expect(await openTab().take('a')).toBe(true);
  const second = openTab();
  expect(await second.take('a')).toBe(false);
  expect(await second.take('b')).toBe(true);
});

test('a tab that turns to another film lets go of the one before', async () => {
  const openTab = browser();
  const first = openTab();
  await first.take('a');
  await first.take('b');
  expect(await openTab().take('a')).toBe(true);
  expect(first.onLost).not.toHaveBeenCalled();
});

test('a tab that is asked saves first, then lets go, and is told; it can ask back', async () => {
  const openTab = browser();
  let endSaving: () => void = () => undefined;
  const saved = new Promise<void>((resolve) => (endSaving = resolve));
  const first = openTab({ onAsked: () => saved });
  await first.take('a');
  const second = openTab();
  let taken = false;
  const taking = second.takeOver('a').then(() => (taken = true));
  await Promise.resolve();
  expect(taken).toBe(false);
  expect(first.onLost).not.toHaveBeenCalled();
  endSaving();
  await taking;
  expect(first.onLost).toHaveBeenCalledOnce();
  await first.takeOver('a');
  expect(second.onLost).toHaveBeenCalledOnce();
});

test('a tab that does not answer loses the film', async () => {
  const openTab = browser();
  const first = openTab({ onAsked: () => new Promise(() => undefined) });
  await first.take('a');
  const second = openTab({ patience: () => AbortSignal.abort() });
  await second.takeOver('a');
  await vi.waitUntil(() => first.onLost.mock.calls.length === 1);
  expect(await openTab().take('a')).toBe(false);
});

test('where there are no locks, every tab writes', async () => {
  const openTab = browser();
  const hold = openTab({ locks: undefined });
  expect(await hold.take('a')).toBe(true);
  await hold.takeOver('a');
});
