/** Peaks of memory: of the renderer process as the system counts it, and of the buffers that JavaScript holds in the page's workers. */
import type { CDPSession, Page } from '@playwright/test';
import { readdirSync, readFileSync } from 'node:fs';

export interface MemoryWatch {
  /** Since it was last asked. */
  takePeakMb(): number;
  stop(): void;
}

const everyMs = 250;

/** The largest resident set of any of this machine's renderers that began after us (Linux). */
export function watchRenderers(): MemoryWatch {
  const before = new Set(rendererIds());
  const look = () =>
    rendererIds()
      .filter((id) => !before.has(id))
      .map(residentBytes);
  return watch(() => Promise.resolve(look()));
}

const rendererIds = () =>
  readdirSync('/proc').filter(
    (id) => /^\d+$/.test(id) && read(`/proc/${id}/cmdline`).includes('--type=renderer'),
  );

const residentBytes = (id: string) =>
  1024 * Number(/VmRSS:\s+(\d+)/.exec(read(`/proc/${id}/status`))?.[1] ?? 0);

/** Processes come and go while one looks. */
function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

/** The largest of the page's workers. WebAssembly's own memory is not among these buffers. */
export async function watchWorkers(page: Page): Promise<MemoryWatch> {
  const session = await page.context().newCDPSession(page);
  const sessions = new Set<string>();
  session.on('Target.attachedToTarget', ({ sessionId }) => sessions.add(sessionId));
  session.on('Target.detachedFromTarget', ({ sessionId }) => sessions.delete(sessionId));
  await session.send('Target.setAutoAttach', {
    autoAttach: true,
    waitForDebuggerOnStart: false,
    flatten: false,
  });
  return watch(() => Promise.all([...sessions].map((id) => bufferBytes(session, id))));
}

let lastId = 0;

function bufferBytes(session: CDPSession, sessionId: string): Promise<number> {
  const id = ++lastId;
  return new Promise((resolve) => {
    const take = ({ message }: { message: string }) => {
      const answer = JSON.parse(message) as { id: number; result?: { backingStorageSize?: number } };
      if (answer.id !== id) return;
      session.off('Target.receivedMessageFromTarget', take);
      resolve(answer.result?.backingStorageSize ?? 0);
    };
    session.on('Target.receivedMessageFromTarget', take);
    const message = JSON.stringify({ id, method: 'Runtime.getHeapUsage' });
    // A worker may have ended meanwhile.
    session.send('Target.sendMessageToTarget', { sessionId, message }).catch(() => resolve(0));
  });
}

function watch(look: () => Promise<readonly number[]>): MemoryWatch {
  let peakBytes = 0;
  let looking = false;
  const timer = setInterval(() => {
    if (looking) return;
    looking = true;
    void look()
      .then((sizes) => (peakBytes = Math.max(peakBytes, ...sizes)))
      .finally(() => (looking = false));
  }, everyMs);
  return {
    takePeakMb: () => {
      const megabytes = Math.round(peakBytes / 1e6);
      peakBytes = 0;
      return megabytes;
    },
    stop: () => clearInterval(timer),
  };
}
