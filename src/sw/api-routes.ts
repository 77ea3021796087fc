/** Answers the API's requests of our own pages, by the one tab that draws. */
import { failure, forbidden, notLoaded } from '../domain/api/errors.ts';
import { maxBodyBytes, type ApiAnswer, type ApiRequest, type RequestBody } from '../domain/api/http.ts';
import { route } from '../domain/api/routes.ts';
import { decodeBody } from '../engine/request-body.ts';
import { askPage, type PageAnswer } from './ask-page.ts';
import { leaderChannel } from './find-leader.ts';

/**
 * A service worker is not told that its client has given up, and is ended with a response still owed after five minutes. So whoever waits is sent
 * on (303) to the job's result again and again: who does not come back has gone, and the work is cancelled.
 */
function patienceMs(hop: number): number {
  return Math.min(3000 * 1.3 ** hop, 4 * 60_000);
}
/** In the address: how many times the client was sent on already. */
const hopParameter = 'hop';
/** Browsers follow 20 redirections; these take 18 minutes. Then the answer is begun before its work is done. */
const maxHops = 18;

/** Undefined when this is none of the API's. */
export function answerApi(event: FetchEvent, scope: string): Promise<Response> | undefined {
  const { request } = event;
  const { pathname } = new URL(request.url);
  const path = pathname.slice(new URL(scope).pathname.length - 1);
  const accept = request.headers.get('accept') ?? undefined;
  const routing = route(request.method, path, accept);
  if (routing.kind === 'elsewhere') return undefined;
  // A form of another site can be sent here as a navigation, and only so.
  const asked = request.method === 'GET' || request.mode !== 'navigate';
  return asked ? respond(event, path, scope) : Promise.resolve(toResponse(forbidden('not from a form')));
}

async function respond({ request, clientId }: FetchEvent, path: string, scope: string): Promise<Response> {
  const asked = await toApiRequest(request, path);
  const base = new URL(scope).pathname;
  const channelName = await leaderChannel(base);
  if (channelName === undefined) return toResponse(notLoaded(advice(scope)));
  const hop = Number(new URL(request.url).searchParams.get(hopParameter) ?? 0);
  const early = request.redirect !== 'follow' || hop >= maxHops;
  const answer = await askPage({
    request: asked,
    channelName,
    early,
    patienceMs: patienceMs(early ? Infinity : hop),
    clientGone: () => isGone(clientId),
  });
  if (answer.kind !== 'out-of-patience') return answerToResponse(answer, scope);
  if (early || answer.jobId === undefined) {
    return toResponse(failure(504, 'Not begun in time; ask with the header Prefer: respond-async'));
  }
  const result = new URL(`jobs/${answer.jobId}/result?${hopParameter}=${hop + 1}`, scope);
  return Response.redirect(result.href, 303);
}

const advice = (scope: string) => `No tab of the app is open to draw. Open ${scope} and keep it open.`;

async function toApiRequest(request: Request, path: string): Promise<ApiRequest> {
  const { method, url } = request;
  const query = new URL(url).search.slice(1);
  return { method, path, query, headers: Object.fromEntries(request.headers), body: await readBody(request) };
}

async function readBody(request: Request): Promise<RequestBody> {
  const body = await request.blob();
  if (body.size > maxBodyBytes) return { fault: 'too-large' };
  return decodeBody({
    bytes: new Uint8Array(await body.arrayBuffer()),
    contentType: request.headers.get('content-type') ?? undefined,
    contentEncoding: request.headers.get('content-encoding') ?? undefined,
  });
}

/** A page that was closed or left waits for nothing. Requests of workers have no such client. */
async function isGone(clientId: string): Promise<boolean> {
  const { clients } = self as unknown as ServiceWorkerGlobalScope;
  return clientId !== '' && (await clients.get(clientId)) === undefined;
}

function answerToResponse(answer: Exclude<PageAnswer, { kind: 'out-of-patience' }>, scope: string): Response {
  switch (answer.kind) {
    case 'answer':
      return toResponse(answer);
    case 'page-closed':
      return toResponse(notLoaded(`The tab that was drawing was closed. ${advice(scope)}`));
    case 'client-gone':
      return Response.error();
  }
}

function toResponse({ status, headers, body }: ApiAnswer<string | ReadableStream>): Response {
  return new Response([204, 304].includes(status) ? null : body, { status, headers });
}
