import 'fake-indexeddb/auto';
import { vi } from 'vitest';
import type { Clock } from '../worker/weights/clock.ts';
import { openRecords, type RecordStore } from '../worker/weights/idb.ts';
import type { TabMessage, Tabs } from '../worker/weights/tabs.ts';

/** What of `navigator` the weights' code asks. */
export function fakeNavigator(
  changes: { onLine?: boolean; quotaBytes?: number; usageBytes?: number } = {},
): void {
  const { onLine = true, quotaBytes: quota = 1e12, usageBytes: usage = 0 } = changes;
  vi.stubGlobal('navigator', { onLine, storage: { estimate: () => Promise.resolve({ quota, usage }) } });
}

let databases = 0;

/** An empty database. */
export const newRecords = (): RecordStore => openRecords(`test-${++databases}`);

/** Waits are over at once, and are written down; each look at it takes a while. Connections never seem silent. */
export function fastClock(): Clock & { readonly waitsMs: number[] } {
  const waitsMs: number[] = [];
  let nowMs = 0;
  return {
    waitsMs,
    now: () => (nowMs += 150),
    sleep: (ms, signal) => {
      if (signal.aborted || ms > 30_000) return untilAborted(signal);
      waitsMs.push(ms);
      return Promise.resolve();
    },
  };
}

function untilAborted(signal: AbortSignal): Promise<never> {
  if (signal.aborted) return Promise.reject(signal.reason as Error);
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
}

/** Tabs of one browser, each with what it hears of the others. Locks are first come, first served. */
export function fakeTabs(): () => Tabs {
  const held = new Map<string, Promise<unknown>>();
  const listeners = new Set<{ owner: object; hear: (message: TabMessage) => void }>();
  return () => {
    const owner = {};
    return {
      exclusively: async (name, signal, work, onWait) => {
        if (held.has(name)) onWait?.();
        while (held.has(name)) await Promise.race([held.get(name), untilAborted(signal)]);
        const done = work();
        const settled = done.then(
          () => held.delete(name),
          () => held.delete(name),
        );
        held.set(name, settled);
        return done;
      },
      announce: (message) => {
        for (const each of listeners) if (each.owner !== owner) each.hear(message);
      },
      listen: (hear) => {
        const entry = { owner, hear };
        listeners.add(entry);
        return () => void listeners.delete(entry);
      },
    };
  };
}
