/** The worker's way to the network, which the page can block for a while to prove that it works without. */
let blockedUntilMs = 0;
let unblock: () => void = () => undefined;

export const isBlocked = () => Date.now() < blockedUntilMs;

/** Throws `TypeError`, as `fetch` does without a network, while it is blocked. */
export function fetchFromNetwork(request: Request): Promise<Response> {
  return isBlocked() ? Promise.reject(new TypeError('The network is blocked for a test.')) : fetch(request);
}

/** Resolves when the time is over or `allowNetwork` was called: keep the worker alive until then, or it forgets. */
export function blockNetwork(forMs: number): Promise<void> {
  blockedUntilMs = Date.now() + forMs;
  return new Promise((resolve) => {
    unblock = resolve;
    setTimeout(resolve, forMs);
  });
}

export function allowNetwork(): void {
  blockedUntilMs = 0;
  unblock();
}
