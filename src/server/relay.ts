/** While the app is open in a browser, that tab answers the API's requests to this server, which only carries them there and back. */
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { TLSSocket } from 'node:tls';
import type { Connect, Plugin } from 'vite';
import { failure, forbidden, notLoaded } from '../domain/api/errors.ts';
import { addressHeader, jsonAnswer, type ApiAnswer, type ApiRequest } from '../domain/api/http.ts';
import { interpret } from '../domain/api/interpret.ts';
import { route } from '../domain/api/routes.ts';
import { pairingTiming, relayTiming } from '../engine/api-protocol.ts';
import { createAdmission, pairPath, type Admission } from './admission.ts';
import { createPairing, newCode } from './pairing.ts';
import { readBody, toHeaders } from './relay-body.ts';
import { welcomeGuest } from './cross-origin.ts';
import { forbiddenHost, forbiddenOrigin } from './relay-guard.ts';
import type { Guests } from './start-options.ts';
import { createTabs, type Tabs } from './relay-tabs.ts';

/** Takes the API's requests to `server`, and passes on all others. */
export function relayRequests(
  server: Server,
  guests: Guests,
  admission: Admission,
): Connect.NextHandleFunction {
  // Tabs are the app's own, whoever else may ask.
  const own = { ...guests, allowOrigins: [] };
  const tabs = createTabs(
    server,
    (request) => refusalOf(request, own) === undefined && admission.mayDraw(request),
  );
  return (request, response, next) => {
    const refusal = refusalOf(request, guests, false);
    if (refusal !== undefined) return send(request, response, forbidden(refusal));
    if (welcomeGuest(request, response, guests)) return;
    void carry({ tabs, admission, guests }, request, response, next).catch(next);
  };
}

interface Relay {
  readonly tabs: Tabs;
  readonly admission: Admission;
  readonly guests: Guests;
}

/** The relay while developing. */
export function apiRelay(): Plugin {
  return {
    name: 'zoetrope:api-relay',
    // Only pages have addresses, and no other origin is told anything: not even those on this machine, which Vite would let in.
    config: () => ({ appType: 'mpa', server: { cors: false } }),
    configureServer: ({ middlewares, httpServer, config }) => {
      middlewares.use(
        relayRequests(
          httpServer as Server,
          {
            host: hostOf(config.server.host),
            allowHosts: [],
            allowOrigins: [],
          },
          // While developing there is no code to be seen, and so no other device.
          createAdmission(createPairing({ nowMs: () => performance.now(), newCode }), 'others'),
        ),
      );
      return () => middlewares.use(notFound);
    },
  };
}

const hostOf = (host: string | boolean | undefined) => (typeof host === 'string' ? host : undefined);

function refusalOf(request: IncomingMessage, guests: Guests, api = true): string | undefined {
  return (
    forbiddenHost(request.headers, guests) ?? (api ? forbiddenOrigin(request.headers, guests) : undefined)
  );
}

async function carry(
  { tabs, admission, guests }: Relay,
  request: IncomingMessage,
  response: ServerResponse,
  next: Connect.NextFunction,
): Promise<void> {
  const { method = 'GET', url = '/' } = request;
  const [path = '/', query = ''] = url.split(/\?(.*)/s);
  if (path !== pairPath && route(method, path, request.headers.accept).kind === 'elsewhere') {
    response.setHeader('Server-Timing', admission.greet(request, response) ? relayTiming : pairingTiming);
    return next();
  }
  const refusal = refusalOf(request, guests);
  if (refusal !== undefined) return send(request, response, forbidden(refusal));
  if (path === pairPath) return send(request, response, await admission.answerPair(request));
  if (!admission.isAdmitted(request)) return send(request, response, admission.refusal);
  const headers = { ...toHeaders(request.headers), [addressHeader]: request.socket.remoteAddress ?? '' };
  const asked: ApiRequest = { method, path, query, headers, body: await readBody(request) };
  const interpretation = interpret(asked);
  if (interpretation.kind === 'answer') return send(request, response, interpretation.answer);
  if (tabs.count() > 0) return tabs.ask(asked, response);
  send(request, response, withoutTab(interpretation.task.kind, request));
}

/** The server is well, even when nobody is there to draw. */
function withoutTab(kind: string, request: IncomingMessage): ApiAnswer {
  if (kind === 'health') {
    return jsonAnswer(200, { status: 'healthy', model_loaded: false, device: 'not set' });
  }
  return notLoaded(
    `No tab of the app is open to draw. Open ${schemeOf(request)}://${request.headers.host}/ in a browser and keep it open, or start with: npm start -- --headless`,
  );
}

const schemeOf = ({ socket }: IncomingMessage) => (socket instanceof TLSSocket ? 'https' : 'http');

/** What is neither the API's nor a file of the app's; pages that are missing are Vite's to tell of. */
function notFound(request: IncomingMessage, response: ServerResponse, next: Connect.NextFunction): void {
  const page = /(\.html|\/)$/.test(request.url?.split('?')[0] ?? '/');
  if (page && ['GET', 'HEAD'].includes(request.method ?? 'GET')) return next();
  sendNotFound(request, response);
}

export function sendNotFound(request: IncomingMessage, response: ServerResponse): void {
  send(request, response, failure(404, 'Not Found'));
}

function send(
  request: IncomingMessage,
  response: ServerResponse,
  { status, headers, body }: ApiAnswer,
): void {
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) });
  response.end(request.method === 'HEAD' ? undefined : body);
}
