/** Any static host: no headers of ours, a folder below the root if asked for, and it can really be switched off. */
import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';

const mediaTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.wasm': 'application/wasm',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
};

export interface StaticHost {
  /** Where the app is, with a slash at the end. */
  readonly url: string;
  /** Paths asked for so far, below `url`. */
  readonly asked: readonly string[];
  /** Another folder takes the place of the first, as when a new version is put on a host. */
  swap(folder: string): void;
  /** Answers to paths that match wait until they are let go. Returns what lets them go. */
  hold(path: RegExp): () => void;
  /** No longer reachable: the port is closed and all connections are cut. */
  stop(): Promise<void>;
  /** Reachable again, at the same address. */
  start(): Promise<void>;
}

export async function staticHost(folder: string, base = '/'): Promise<StaticHost> {
  const asked: string[] = [];
  const state = { folder, held: null as { path: RegExp; opened: Promise<void> } | null };
  const server = createServer((request, response) => void answer(request, response));
  const port = await listen(server, 0);

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    if (!pathname.startsWith(base)) return refuse(response);
    const path = decodeURIComponent(pathname.slice(base.length)) || 'index.html';
    asked.push(path);
    if (state.held?.path.test(path)) await state.held.opened;
    send(join(state.folder, normalize(path)), response);
  }

  return {
    url: `http://localhost:${port}${base}`,
    asked,
    swap: (next) => void (state.folder = next),
    hold: (path) => {
      let open!: () => void;
      state.held = { path, opened: new Promise((resolve) => (open = resolve)) };
      return () => {
        state.held = null;
        open();
      };
    },
    stop: () => stop(server),
    start: async () => void (await listen(server, port)),
  };
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, 'localhost', () => resolve((server.address() as AddressInfo).port));
  });
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

function send(file: string, response: ServerResponse): void {
  if (!existsSync(file) || !statSync(file).isFile()) return refuse(response);
  response.setHeader('Content-Type', mediaTypes[extname(file)] ?? 'application/octet-stream');
  response.setHeader('Content-Length', statSync(file).size);
  createReadStream(file).pipe(response);
}

/** As the usual hosts do: a page that says so, which must never be taken for the file. */
function refuse(response: ServerResponse): void {
  response.writeHead(404, { 'Content-Type': 'text/html' });
  response.end('<!doctype html><title>Not found</title><p>Not found</p>');
}
