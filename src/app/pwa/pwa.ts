/** The app as something that is installed: started once by the composition root, after the page is drawn. */
import type { PwaPage } from './pwa-page.ts';
import { createStore } from '../base/store.ts';
import { watchArrivals } from './arrivals.ts';
import { putAside, takeBack } from './aside.ts';
import { watchInstallation } from './install.ts';
import { isolateOnce, watchHands } from './isolation.ts';
import { keepBuiltIn } from './keep-built-in.ts';
import { registerServiceWorker } from './register.ts';
import { lookForUpdates, watchUpdates, type Updates, type UpdateState } from './updates.ts';
import { message } from '../words/message.ts';

export interface PwaState {
  readonly update: UpdateState;
  /** `install` would open the browser's own dialog. */
  readonly installable: boolean;
}

export interface Pwa {
  /** The same object until something changes. */
  readonly state: () => PwaState;
  readonly subscribe: (listener: () => void) => () => void;
  /** Into the new version, once all running and waiting jobs are done. */
  readonly applyUpdate: () => void;
  readonly install: () => void;
}

export function startPwa(app: PwaPage, storage: Pick<Storage, 'getItem' | 'setItem'>): Pwa {
  const installation = watchInstallation(window, storage);
  const begun = watchHands(window);
  const { getState, setState, subscribe } = createStore<PwaState>(() => ({
    update: 'none',
    installable: false,
  }));
  let updates: Updates | undefined;
  installation.subscribe(() => setState({ installable: installation.possible() }));
  watchArrivals(app);
  hintAtInstalling(app, installation);

  void registerServiceWorker().then((registration) => {
    if (!registration) return;
    void restoreSource(app);
    const { serviceWorker: container } = navigator;
    isolateOnce({
      isolated: crossOriginIsolated,
      container,
      session: sessionStorage,
      isIdle: () => !begun() && isUntouched(app),
      reload: () => location.reload(),
    });
    const watched = watchUpdates({
      registration,
      container,
      whenIdle: () => queueEnd(app),
      reload: () => void reloadWithSource(app),
    });
    updates = watched;
    watched.subscribe(() => setState({ update: watched.state() }));
    setState({ update: watched.state() });
    lookForUpdates(registration);
    keepBuiltIn(app, container);
  });

  return {
    state: getState,
    subscribe,
    applyUpdate: () => void updates?.apply(),
    install: () => void installation.install(),
  };
}

/** Nothing that a reload would lose or disturb. */
function isUntouched({ store, turns }: PwaPage): boolean {
  const { source } = store.getState();
  return turns.kinds().every((kind) => kind === 'load') && !source;
}

const scope = () => new URL('./', document.baseURI).href;

async function reloadWithSource({ context, store }: PwaPage): Promise<void> {
  const { source } = store.getState();
  const file = context.open.source;
  if (source && file) await putAside(scope(), { file, name: source.name }, sessionStorage);
  location.reload();
}

async function restoreSource({ actions }: PwaPage): Promise<void> {
  const source = await takeBack(scope(), sessionStorage);
  if (source) await actions.chooseSource(source.file, source.name);
}

const reloadGraceMs = 10_000;

/** Resolves when all jobs are done, and holds the turn for a moment: the page is about to reload. */
function queueEnd({ turns }: PwaPage): Promise<void> {
  return new Promise((resolve) => {
    const run = () => {
      resolve();
      return new Promise<void>((done) => setTimeout(done, reloadGraceMs));
    };
    turns.add({ kind: 'update', run });
  });
}

/** At a good moment: when a few pictures came out, and none is being made. */
function hintAtInstalling(
  { store, actions }: PwaPage,
  installation: ReturnType<typeof watchInstallation>,
): void {
  store.subscribe(({ run, pictures }, before) => {
    if (run.status !== 'done' || before.run === run || !installation.takeHint(pictures.length)) return;
    actions.tell(message('installable'), [
      { label: message('install'), run: () => void installation.install() },
    ]);
  });
}
