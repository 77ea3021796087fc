/** Who may use the API of a server that others on the network reach: this machine's own programs and pages, and devices that are paired. */
import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { failure } from '../domain/api/errors.ts';
import { emptyAnswer, jsonAnswer, type ApiAnswer } from '../domain/api/http.ts';
import { hostname } from './relay-guard.ts';
import type { Pairing } from './pairing.ts';
import type { PairingMode } from './start-options.ts';

export interface Admission {
  /** May ask the API. */
  isAdmitted(request: IncomingMessage): boolean;
  /** May draw for others: a tab on this machine, or where `always`, one that was opened by the address that the terminal shows. */
  mayDraw(request: IncomingMessage): boolean;
  /** The answer to who is not admitted. */
  readonly refusal: ApiAnswer;
  /** `/pair`. */
  answerPair(request: IncomingMessage): Promise<ApiAnswer>;
  /** Makes the browser that comes by `drawerQuery` one of this machine's. True of a page that may draw. */
  greet(request: IncomingMessage, response: ServerResponse): boolean;
  /** In the address that the terminal shows; empty where this machine is known without. */
  readonly drawerQuery: string;
}

export const pairPath = '/pair';

const maxPairBytes = 1000;
const drawerParameter = 'key';

export function createAdmission(pairing: Pairing, mode: PairingMode): Admission {
  const key = randomBytes(16).toString('hex');
  const isDrawer = ({ headers, socket }: IncomingMessage) =>
    isSame(cookie(headers, cookieName(socket.localPort)), key);
  const isOwn = (request: IncomingMessage) =>
    mode === 'never' || (mode === 'always' ? isDrawer(request) : isOwnMachine(request));
  const tokenIsKnown = ({ headers }: IncomingMessage) => {
    const token = bearer(headers);
    return token !== undefined && pairing.isPaired(token);
  };
  return {
    isAdmitted: (request) => isOwn(request) || tokenIsKnown(request),
    mayDraw: isOwn,
    refusal: failure(401, notPaired, { 'www-authenticate': 'Bearer realm="Zoetrope"' }),
    drawerQuery: mode === 'always' ? `${drawerParameter}=${key}` : '',
    greet: (request, response) => {
      if (mode !== 'always' || !isSame(queryOf(request).get(drawerParameter) ?? '', key))
        return isOwn(request);
      const name = cookieName(request.socket.localPort);
      response.setHeader('Set-Cookie', `${name}=${key}; HttpOnly; SameSite=Strict; Path=/`);
      return true;
    },
    answerPair: async (request) => {
      if (request.method === 'DELETE') return forget(pairing, request, isOwn(request));
      if (request.method === 'OPTIONS') return emptyAnswer(204, { allow: allowed });
      if (request.method !== 'POST') return failure(405, 'Method Not Allowed', { allow: allowed });
      const code = await readCode(request);
      if (typeof code !== 'string') return code;
      const answer = pairing.pair(code, clientOf(request.socket.remoteAddress));
      if (answer.kind === 'paired') return jsonAnswer(200, { token: answer.token });
      if (answer.kind === 'wrong') return failure(403, 'That is not the code that the machine shows.');
      return failure(429, `Too many wrong codes: wait ${answer.afterSec} seconds.`, {
        'retry-after': String(answer.afterSec),
      });
    },
  };
}

const allowed = 'POST, DELETE, OPTIONS';
const notPaired =
  'Not paired: send the code that this machine shows to POST /pair, then the token from there as Authorization: Bearer';

/** With a token that device; from this machine without one, all of them. */
function forget(pairing: Pairing, request: IncomingMessage, own: boolean): ApiAnswer {
  const token = bearer(request.headers);
  if (token !== undefined && pairing.isPaired(token)) pairing.forget(token);
  else if (own && token === undefined) pairing.forgetAll();
  else return failure(401, 'Not paired.', { 'www-authenticate': 'Bearer realm="Zoetrope"' });
  return emptyAnswer(204, {});
}

/**
 * By the connection, and by nothing that a request may claim; whoever came through a proxy that says so did not come from here. A proxy that
 * hides what it is needs `--pair always`.
 */
export function isOwnMachine({
  socket,
  headers,
}: {
  readonly socket: {
    readonly remoteAddress?: string | undefined;
    readonly localAddress?: string | undefined;
  };
  readonly headers: IncomingHttpHeaders;
}): boolean {
  const [from, to] = [plainAddress(socket.remoteAddress), plainAddress(socket.localAddress)];
  // Who has the same address at both ends is here, too.
  const near = isLoopbackName(from) || (from !== '' && from === to);
  const name = hostname(headers.host);
  return near && (isLoopbackName(name) || name === to) && !ofProxies.some((each) => each in headers);
}

/** IPv4 may come in IPv6's clothes. */
const plainAddress = (address = '') => address.replace(/^::ffff:/i, '');

const ofProxies = [
  'forwarded',
  'via',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-real-ip',
];

const isLoopbackName = (name: string) => name === 'localhost' || name === '::1' || /^127\.[\d.]+$/.test(name);

/** A household has all addresses of an IPv6 /64. */
export function clientOf(address = ''): string {
  const plain = plainAddress(address);
  return plain.includes(':') ? plain.split(':').slice(0, 4).join(':') : plain;
}

function bearer({ authorization }: IncomingHttpHeaders): string | undefined {
  return /^bearer +([\w-]{1,200})$/i.exec(authorization ?? '')?.[1];
}

const cookieName = (port: number | undefined) => `zoetrope-${port}`;

function cookie({ cookie: all = '' }: IncomingHttpHeaders, name: string): string {
  const pairs = all.split(';').map((pair) => pair.trim().split('='));
  return pairs.find(([key]) => key === name)?.[1] ?? '';
}

function isSame(given: string, key: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(key)];
  return a.length === b.length && timingSafeEqual(a, b);
}

const queryOf = ({ url = '' }: IncomingMessage) => new URLSearchParams(url.split('?')[1]);

/** From JSON; spaces and dashes are how people write it down. An answer where there is none. */
async function readCode(request: IncomingMessage): Promise<string | ApiAnswer> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > maxPairBytes) return failure(413, 'Request body too large', { connection: 'close' });
    parts.push(part);
  }
  const code = codeIn(Buffer.concat(parts).toString('utf8'));
  return code ?? failure(422, 'Send the code as JSON: {"code": "12345678"}');
}

function codeIn(text: string): string | undefined {
  try {
    const { code } = JSON.parse(text) as { code?: unknown };
    return typeof code === 'string' ? code.replace(/[\s-]/g, '') : undefined;
  } catch {
    return undefined;
  }
}
