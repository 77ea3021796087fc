/** What adapters get of a real browser. */
import { abortError } from '../engine/rpc.ts';
import type { AdapterDeps } from './asking/adapter.ts';

export const browserDeps = (appName: string): AdapterDeps => ({
  // It must be called as the scope's own.
  fetch: (...given) => fetch(...given),
  now: () => performance.now(),
  pause,
  limit,
  whyUnreachable,
  appName,
});

const pause: AdapterDeps['pause'] = (forMs, signal) =>
  new Promise((resolve, reject) => {
    if (signal.aborted) return reject(abortError());
    const end = () => {
      clearTimeout(timer);
      reject(abortError());
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', end);
      resolve();
    }, forMs);
    signal.addEventListener('abort', end, { once: true });
  });

function limit(forMs: number): AbortSignal {
  const controller = new AbortController();
  setTimeout(() => controller.abort(), forMs);
  return controller.signal;
}

/**
 * `fetch` tells nothing but that it failed. A request whose answer nobody reads is let through where only the reading is refused: then the server is
 * there. Chrome asks the person before a public page may speak to this machine or the local network
 * (https://developer.chrome.com/blog/local-network-access).
 */
const whyUnreachable: AdapterDeps['whyUnreachable'] = async (address) => {
  if (self.isSecureContext && isMixed(address)) return 'insecure';
  if (await isForbidden()) return 'local-network';
  try {
    await fetch(address, { mode: 'no-cors', credentials: 'omit', signal: limit(probeLimitMs) });
    return 'cors';
  } catch {
    return 'gone';
  }
};

const probeLimitMs = 5000;

function isMixed(address: string): boolean {
  const { protocol, hostname } = new URL(address);
  return (
    location.protocol === 'https:' &&
    protocol === 'http:' &&
    !/^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$|\.localhost$/.test(hostname)
  );
}

/** Its names in Chrome, newest first; other browsers know none of them, and ask for nothing. */
const permissions = ['loopback-network', 'local-network', 'local-network-access'];

async function isForbidden(): Promise<boolean> {
  const states = await Promise.all(
    permissions.map(async (name) => {
      try {
        return (await navigator.permissions.query({ name: name as PermissionName })).state;
      } catch {
        return null;
      }
    }),
  );
  return states.includes('denied');
}
