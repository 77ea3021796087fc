/**
 * The page's end of the API: for the service worker and the relay, for scripts of this page (`window.zoetrope`) and for pages around it.
 * Only this door stands from the start; what answers is fetched with the first request.
 */
import type { ApiApp } from './host.ts';
import { serveChannel } from './channel-transport.ts';
import { createConsent, type Consent } from './consent.ts';
import type { ConnectionAnswerer } from './connection.ts';
import { listenForEmbedders } from './embedding.ts';
import type { ApiJobState } from './jobs.ts';
import { standForLeader } from './leader.ts';
import type { Answering } from './answering.ts';
import { hasRelay, serveRelay } from './relay-transport.ts';
import type { Zoetrope } from './script-api.ts';

declare global {
  interface Window {
    zoetrope?: Zoetrope;
  }
}

/** What the page shows of the API. */
export interface ApiPage {
  /** Oldest first; the same array until something changes. */
  readonly jobs: () => readonly ApiJobState[];
  readonly cancel: (jobId: string) => void;
  readonly consent: Consent;
  readonly subscribe: (listener: () => void) => () => void;
}

export function startApi(app: ApiApp): ApiPage {
  const base = new URL('.', document.baseURI).pathname;
  const listeners = new Set<() => void>();
  const changed = () => listeners.forEach((listener) => listener());
  let opening: Promise<Answering> | undefined;
  let answering: Answering | undefined;
  const open = (): Promise<Answering> =>
    (opening ??= import('./answering.ts').then(({ openAnswering }) => {
      answering = openAnswering(app, base);
      answering.jobs.subscribe(changed);
      return answering;
    }));

  serve(lazyAnswerer(open), base);
  const consent = createConsent(changed);
  const zoetrope = lazyZoetrope(open);
  window.zoetrope = zoetrope;
  listenForEmbedders({
    zoetrope,
    ownOrigin: location.origin,
    mayConnect: (origin) => consent.mayConnect(origin),
  });
  return {
    jobs: () => answering?.jobs.states() ?? none,
    cancel: (jobId) => answering?.jobs.get(jobId)?.cancel(),
    consent,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

const none: readonly ApiJobState[] = [];

function serve(answerer: ConnectionAnswerer, base: string): void {
  const signal = new AbortController().signal;
  const lead = (channelName: string) => {
    serveChannel(answerer, channelName);
    if (hasRelay()) serveRelay(answerer, signal);
  };
  // Where locks are missing (plain http) there is no service worker either, and no other tab can be asked.
  const newId = () => crypto.randomUUID();
  if ('locks' in navigator) void standForLeader({ locks: navigator.locks, base, newId, signal, lead });
  else if (hasRelay()) serveRelay(answerer, signal);
}

const lazyAnswerer = (open: () => Promise<Answering>): ConnectionAnswerer => ({
  answer: async (request, context) => (await open()).answerer.answer(request, context),
});

const lazyZoetrope = (open: () => Promise<Answering>): Zoetrope => ({
  generate: async (...given) => (await open()).zoetrope.generate(...given),
  generateVideo: async (...given) => (await open()).zoetrope.generateVideo(...given),
  videoInfo: async (...given) => (await open()).zoetrope.videoInfo(...given),
  status: async () => (await open()).zoetrope.status(),
});
