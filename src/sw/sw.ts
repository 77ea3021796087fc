/** The service worker: keeps the app for use without a network, isolates its pages, and takes what is shared to it. */
import type { BuildInventory, ToServiceWorker } from '../engine/service-worker.ts';
import { answerApi } from './api-routes.ts';
import { buildFiles, type ManifestEntry } from './build-files.ts';
import { answerShare } from './inbox.ts';
import { withIsolation } from './isolation.ts';
import { allowNetwork, blockNetwork, fetchFromNetwork, isBlocked } from './network.ts';
import { createPrecache } from './precache.ts';

declare const self: ServiceWorkerGlobalScope & { __WB_MANIFEST: ManifestEntry[] };

const { scope } = self.registration;
const precache = createPrecache(buildFiles(self.__WB_MANIFEST, scope), scope);

/** The first that answers does; what none answers is the browser's own affair. */
const routes: readonly ((event: FetchEvent) => Promise<Response> | undefined)[] = [
  (event) => answerShare(event, scope),
  (event) => answerApi(event, scope),
  (event) => precache.answer(event),
  isolatedFromNetwork,
];

self.addEventListener('install', (event) => event.waitUntil(precache.install()));

self.addEventListener('activate', (event) =>
  event.waitUntil(precache.cleanUp().then(() => self.clients.claim())),
);

self.addEventListener('fetch', (event) => {
  const own = event.request.url.startsWith(scope);
  for (const route of own ? routes : []) {
    const answer = route(event);
    if (answer) return event.respondWith(answer);
  }
  if (isBlocked()) event.respondWith(Response.error());
});

self.addEventListener('message', (event) => {
  const message = event.data as ToServiceWorker;
  switch (message.type) {
    case 'skip-waiting':
      return event.waitUntil(self.skipWaiting());
    case 'block-network':
      event.waitUntil(blockNetwork(message.forMs));
      return event.ports[0]?.postMessage(null);
    case 'allow-network':
      return allowNetwork();
    case 'inventory':
      event.ports[0]?.postMessage(inventory());
  }
});

function inventory(): BuildInventory {
  return { cacheName: precache.cacheName, files: precache.files };
}

/** Documents and workers that are not of the build (a server's own pages) need the headers as well. */
function isolatedFromNetwork({ request }: FetchEvent): Promise<Response> | undefined {
  const needed = ['document', 'iframe', 'worker', 'sharedworker'].includes(request.destination);
  if (!needed || request.method !== 'GET') return undefined;
  return fetchFromNetwork(request).then((response) => withIsolation(response, request.url));
}
