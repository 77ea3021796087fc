import { sessionKeys } from '../../engine/stored-names.ts';

interface IsolationDeps {
  readonly isolated: boolean;
  readonly container: Pick<ServiceWorkerContainer, 'controller' | 'addEventListener'>;
  readonly session: Pick<Storage, 'getItem' | 'setItem'>;
  /** Nothing is running, and nothing would be lost. */
  readonly isIdle: () => boolean;
  readonly reload: () => void;
}

/**
 * On a host that sends no isolation headers, the service worker adds them: to pages that are loaded *after* it took over. So the first
 * visit reloads once, only if nothing has begun, and never twice in a session: else a browser that refuses would reload for ever.
 */
export function isolateOnce({ isolated, container, session, isIdle, reload }: IsolationDeps): void {
  if (isolated) return;
  const attempt = () => {
    if (!isIdle() || session.getItem(sessionKeys.isolationTried) !== null) return;
    session.setItem(sessionKeys.isolationTried, 'yes');
    reload();
  };
  if (container.controller) attempt();
  else container.addEventListener('controllerchange', attempt, { once: true });
}

/**
 * Tells whether the person has begun anything in this page. `userActivation` would not do: scripts of extensions and of tools that drive the
 * browser count as well there.
 */
export function watchHands(scope: Pick<Window, 'addEventListener'>): () => boolean {
  let begun = false;
  for (const type of ['pointerdown', 'keydown', 'drop', 'paste']) {
    scope.addEventListener(type, () => (begun = true), { capture: true, passive: true, once: true });
  }
  return () => begun;
}
