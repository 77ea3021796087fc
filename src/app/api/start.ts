/**
 * The page's end of the API: for the service worker and the relay, for scripts of this page (`window.zoetrope`) and for pages around it.
 * Only this door stands from the start; what answers is fetched with the first request.
 */
import { newId } from '../base/random.ts';
import { servedBy } from '../base/served-by.ts';
import { createStore, type StoreApi } from '../base/store.ts';
import type { ApiApp } from './host.ts';
import { serveChannel } from './channel-transport.ts';
import { createConsent, type Consent } from './consent.ts';
import type { ConnectionAnswerer } from './connection.ts';
import { listenForEmbedders } from './embedders.ts';
import type { ApiJobState } from './jobs.ts';
import { standForLeader } from './leader.ts';
import type { Answering } from './answering.ts';
import type { Zoetrope } from './script-api.ts';

declare global {
  interface Window {
    zoetrope?: Zoetrope;
  }
}

export interface ApiShown {
  /** Oldest first. */
  readonly jobs: readonly ApiJobState[];
  /** The origin that the person is being asked about. */
  readonly asked: string | null;
}

/** What the page sees of the API. */
export interface ApiPage {
  readonly shown: Pick<StoreApi<ApiShown>, 'getState' | 'getInitialState' | 'subscribe'>;
  readonly cancel: (jobId: string) => void;
  readonly consent: Consent;
}

export function startApi(app: ApiApp): ApiPage {
  const base = new URL('.', document.baseURI).pathname;
  const shown = createStore<ApiShown>(() => ({ jobs: [], asked: null }));
  let opening: Promise<Answering> | undefined;
  let answering: Answering | undefined;
  const open = (): Promise<Answering> =>
    (opening ??= import('./answering.ts').then(({ openAnswering }) => {
      answering = openAnswering(app, base);
      const { jobs } = answering;
      jobs.subscribe(() => shown.setState({ jobs: jobs.states() }));
      return answering;
    }));

  serve(lazyAnswerer(open), base);
  const consent = createConsent((asked) => shown.setState({ asked }));
  const zoetrope = lazyZoetrope(open);
  window.zoetrope = zoetrope;
  listenForEmbedders({
    zoetrope,
    ownOrigin: location.origin,
    mayConnect: (origin) => consent.mayConnect(origin),
  });
  return {
    shown,
    cancel: (jobId) => answering?.jobs.get(jobId)?.cancel(),
    consent,
  };
}

function serve(answerer: ConnectionAnswerer, base: string): void {
  const signal = new AbortController().signal;
  const relay = async () => (await import('./relay-transport.ts')).serveRelay(answerer, signal);
  const lead = (channelName: string) => {
    serveChannel(answerer, channelName);
    if (servedBy() === 'here') void relay();
  };
  // Where locks are missing (plain http) there is no service worker either, and no other tab can be asked.
  if ('locks' in navigator) void standForLeader({ locks: navigator.locks, base, newId, signal, lead });
  else if (servedBy() === 'here') void relay();
}

const lazyAnswerer = (open: () => Promise<Answering>): ConnectionAnswerer => ({
  answer: async (request, context) => (await open()).answerer.answer(request, context),
});

const lazyZoetrope = (open: () => Promise<Answering>): Zoetrope => ({
  generate: async (...given) => (await open()).zoetrope.generate(...given),
  inpaint: async (...given) => (await open()).zoetrope.inpaint(...given),
  upscale: async (...given) => (await open()).zoetrope.upscale(...given),
  generateVideo: async (...given) => (await open()).zoetrope.generateVideo(...given),
  videoInfo: async (...given) => (await open()).zoetrope.videoInfo(...given),
  status: async () => (await open()).zoetrope.status(),
});
