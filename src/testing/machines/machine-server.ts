/** A real HTTP server that stands for another machine, with the faults that every kind is tried with. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Seen {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  /** Parsed, where it was JSON. */
  readonly body: Readonly<Record<string, unknown>>;
}

export interface Reply {
  readonly json: (status: number, body: unknown, headers?: Readonly<Record<string, string>>) => void;
  /** Resolves when the other side has gone away before it was answered. */
  readonly left: Promise<void>;
}

export type Fault =
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly body?: unknown;
      readonly retryAfter?: string;
    }
  /** Half of an answer, and then nothing more. */
  | { readonly kind: 'cut' }
  | { readonly kind: 'hang' }
  | { readonly kind: 'nonsense' };

export interface MachineServer {
  readonly address: string;
  /** In order. */
  readonly seen: readonly Seen[];
  /** The next request with this method and beginning of a path, or one that came already. */
  readonly request: (method: string, path: string) => Promise<Seen>;
  /** Instead of an answer, for so many requests whose path begins so. */
  readonly fault: (path: string, fault: Fault, times?: number) => void;
  readonly close: () => Promise<void>;
}

export interface ServerOptions {
  readonly port?: number;
  /** As `--cors-allow-origins`: pages of these may read answers. Without: of none. */
  readonly allowOrigin?: string;
}

type Answer = (seen: Seen, reply: Reply) => void | Promise<void>;

export async function serveMachine(
  answer: Answer,
  { port = 0, allowOrigin }: ServerOptions = {},
): Promise<MachineServer> {
  const seen: Seen[] = [];
  const awaited: { matches: (one: Seen) => boolean; resolve: (one: Seen) => void }[] = [];
  const faults: { path: string; fault: Fault; times: number }[] = [];

  const server = createServer((request, response) => {
    void read(request).then(async (one) => {
      if (allowOrigin !== undefined) allow(response, allowOrigin, request);
      if (one.method === 'OPTIONS') return response.writeHead(204).end();
      seen.push(one);
      for (const waiting of awaited.filter(({ matches }) => matches(one))) waiting.resolve(one);
      const found = faults.find(({ path, times }) => times > 0 && one.path.startsWith(path));
      if (found) {
        found.times -= 1;
        return fail(response, found.fault);
      }
      await answer(one, replyTo(response));
    });
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    request: (method, path) => {
      const matches = (one: Seen) => one.method === method && one.path.startsWith(path);
      const there = seen.find(matches);
      return there ? Promise.resolve(there) : new Promise((resolve) => awaited.push({ matches, resolve }));
    },
    fault: (path, fault, times = 1) => void faults.push({ path, fault, times }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function read(request: IncomingMessage): Promise<Seen> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  const text = Buffer.concat(parts).toString('utf8');
  const url = new URL(request.url ?? '/', 'http://machine');
  return {
    method: request.method ?? 'GET',
    path: url.pathname,
    query: url.searchParams,
    headers: request.headers,
    body: text === '' ? {} : (JSON.parse(text) as Record<string, unknown>),
  };
}

function replyTo(response: ServerResponse): Reply {
  return {
    json: (status, body, headers = {}) => {
      if (response.destroyed) return;
      response.writeHead(status, { 'content-type': 'application/json', ...headers });
      response.end(JSON.stringify(body));
    },
    left: new Promise((resolve) => response.on('close', () => !response.writableEnded && resolve())),
  };
}

function fail(response: ServerResponse, fault: Fault): void {
  switch (fault.kind) {
    case 'status': {
      const retry = fault.retryAfter === undefined ? {} : { 'retry-after': fault.retryAfter };
      response.writeHead(fault.status, { 'content-type': 'application/json', ...retry });
      response.end(JSON.stringify(fault.body ?? { detail: `status ${fault.status}` }));
      return;
    }
    case 'cut':
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
      response.write('{"images":["iVBOR');
      // Only once it is on its way.
      setImmediate(() => response.destroy());
      return;
    case 'nonsense':
      response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>Hello</title>');
      return;
    case 'hang':
  }
}

function allow(response: ServerResponse, origin: string, request: IncomingMessage): void {
  response.setHeader('access-control-allow-origin', origin);
  response.setHeader('access-control-allow-methods', 'GET, POST, DELETE');
  const asked = request.headers['access-control-request-headers'];
  if (asked !== undefined) response.setHeader('access-control-allow-headers', asked);
  if (request.headers['access-control-request-private-network'] !== undefined) {
    response.setHeader('access-control-allow-private-network', 'true');
  }
}
