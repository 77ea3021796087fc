/**
 * A small hub for tests: the answers of huggingface.co, shape by shape, from two origins as in reality (the hub, and the storage that it
 * redirects to). Faults are switched on one by one. It speaks only what the app asks.
 */
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { sendBody, sha256, type BodyFault } from './body.ts';

export interface HubContent {
  /** Path → content. */
  readonly files: ReadonlyMap<string, Buffer>;
  readonly licence?: string;
  /** Its commit, where a model names one; else it is made from the files. */
  readonly commit?: string;
  /** The list can be read, the files cannot. */
  readonly gated?: boolean;
}

/** Which requests: the repository's description, its file list, the redirect to a file, the file's bytes. */
export type HubStation = 'info' | 'tree' | 'resolve' | 'bytes';

export interface HubFault {
  readonly at: HubStation;
  /** Only for files whose path contains this. */
  readonly path?: string;
  /** How often; for ever when absent. */
  readonly times?: number;
  readonly does:
    | BodyFault
    | {
        readonly kind: 'status';
        readonly status: number;
        readonly headers?: Readonly<Record<string, string>>;
      }
    | { readonly kind: 'no-cors' }
    | { readonly kind: 'hang-up' };
}

export interface HubRequest {
  readonly at: HubStation;
  readonly path: string;
  readonly range: string | null;
}

export interface HubServer {
  readonly hubUrl: string;
  /** Where it redirects to for the files themselves. */
  readonly storageUrl: string;
  /** Publishes a repository, or a new commit of it: `main` points there afterwards. Returns the commit. */
  publish(repository: string, content: HubContent): string;
  /** Takes a repository away. */
  remove(repository: string): void;
  /** Returns what switches it off. */
  fault(fault: HubFault): () => void;
  /** Every request so far, in order. */
  readonly requests: readonly HubRequest[];
  /** Bytes of files per second and connection; null: as fast as it goes. */
  speed(bytesPerSec: number | null): void;
  /** Drops the connections on which files are coming. */
  readonly hangUp: () => void;
  close(): Promise<void>;
}

interface Repository {
  readonly commits: Map<string, HubContent>;
  head: string;
}

/** As the hub keeps larger files: those of which only a pointer is in git. */
const lfsBytes = 20_000;
const pageSize = 7;

export async function startHub(): Promise<HubServer> {
  const repositories = new Map<string, Repository>();
  const faults: { fault: HubFault; left: number }[] = [];
  const requests: HubRequest[] = [];
  let bytesPerSec: number | null = null;

  const takeFault = (at: HubStation, path: string): HubFault['does'] | undefined => {
    const found = faults.find(
      ({ fault, left }) => left > 0 && fault.at === at && path.includes(fault.path ?? ''),
    );
    if (found) found.left--;
    return found?.fault.does;
  };
  /** True when the request was dealt with. */
  const faulted = (at: HubStation, path: string, request: IncomingMessage, response: ServerResponse) => {
    requests.push({ at, path, range: request.headers.range ?? null });
    const does = takeFault(at, path);
    if (does?.kind === 'status') {
      response.writeHead(does.status, { 'content-type': 'application/json', ...does.headers });
      response.end('{"error":"switched on by a test"}');
    } else if (does?.kind === 'hang-up') {
      request.socket.destroy();
    } else if (does?.kind === 'no-cors') {
      response.removeHeader('access-control-allow-origin');
      response.end('{}');
    } else {
      return { done: false, body: does };
    }
    return { done: true, body: undefined };
  };

  const storage = await listen((request, response) => {
    allow(response, '*');
    if (request.method === 'OPTIONS') return void response.writeHead(204).end();
    const [, key = '', commit = '', ...rest] = decodeURIComponent(pathOf(request)).split('/');
    const path = rest.join('/');
    const content = repositories.get(key.replace('~', '/'))?.commits.get(commit)?.files.get(path);
    const fault = faulted('bytes', path, request, response);
    if (fault.done) return;
    if (!content) return void response.writeHead(404).end();
    sendBody(request, response, content, fault.body, bytesPerSec);
  });

  const hub: Listening = await listen((request, response) => {
    // Real pages are refused when they tell where they come from.
    if (request.headers.referer !== undefined) return void response.writeHead(404).end();
    allow(response, hubHeaders);
    if (request.method === 'OPTIONS') return void response.writeHead(204).end();
    const url = new URL(request.url!, hub.url);
    const [, owner, name, view, rest] =
      /^\/(?:api\/models\/)?([^/]+)\/([^/]+)\/(revision|tree|resolve)\/(.+)$/.exec(url.pathname) ?? [];
    const id = `${owner}/${name}`;
    const [rev = '', ...parts] = (rest ?? '').split('/');
    const path = decodeURIComponent(parts.join('/'));
    const station = view === 'revision' ? 'info' : view === 'tree' ? 'tree' : 'resolve';
    if (faulted(station, path, request, response).done) return;
    const repository = repositories.get(id);
    if (!repository) return refuse(response, 401, 'RepoNotFound', 'Repository not found');
    const wanted = decodeURIComponent(rev);
    const commit = wanted === 'main' || wanted === 'HEAD' ? repository.head : wanted;
    const content = repository.commits.get(commit);
    if (!content) return refuse(response, 404, 'RevisionNotFound', `Invalid rev id: ${wanted}`);
    response.setHeader('x-repo-commit', commit);
    if (station === 'info') return sendJson(response, describe(id, commit, content));
    if (station === 'tree') return sendTree(response, url, content);
    if (content.gated) return refuse(response, 401, 'GatedRepo', `Access to model ${id} is restricted.`);
    const file = content.files.get(path);
    if (!file) return refuse(response, 404, 'EntryNotFound', 'Entry not found');
    const key = `${id.replace('/', '~')}/${commit}/${path.split('/').map(encodeURIComponent).join('/')}`;
    response.writeHead(302, {
      location: `${storage.url}/${key}?signature=${requests.length}`,
      'x-linked-size': file.length,
      'x-linked-etag': `"${sha256(file)}"`,
    });
    response.end();
  });

  return {
    hubUrl: hub.url,
    storageUrl: storage.url,
    publish: (id, content) => {
      const lines = [...content.files].map(([path, bytes]) => `${path} ${sha256(bytes)}`).join('\n');
      const commit = content.commit ?? createHash('sha1').update(lines).digest('hex');
      const repository = repositories.get(id) ?? { commits: new Map<string, HubContent>(), head: commit };
      repository.commits.set(commit, content);
      repository.head = commit;
      repositories.set(id, repository);
      return commit;
    },
    remove: (id) => void repositories.delete(id),
    fault: (fault) => {
      const entry = { fault, left: fault.times ?? Number.POSITIVE_INFINITY };
      faults.push(entry);
      return () => {
        entry.left = 0;
      };
    },
    requests,
    speed: (value) => {
      bytesPerSec = value;
    },
    hangUp: storage.hangUp,
    close: async () => {
      await Promise.all([hub.close(), storage.close()]);
    },
  };
}

interface Listening {
  readonly url: string;
  readonly hangUp: () => void;
  close(): Promise<void>;
}

function listen(handle: (request: IncomingMessage, response: ServerResponse) => unknown): Promise<Listening> {
  const server: Server = createServer((request, response) => handle(request, response));
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      const close = () =>
        new Promise<void>((closed) => {
          server.close(() => closed());
          server.closeAllConnections();
        });
      const hangUp = () => server.closeAllConnections();
      resolve({ url: `http://127.0.0.1:${port}`, hangUp, close });
    });
  });
}

const hubHeaders =
  'X-Repo-Commit,X-Request-Id,X-Error-Code,X-Error-Message,X-Total-Count,ETag,Link,Accept-Ranges,Content-Range,X-Linked-Size,X-Linked-ETag,X-Xet-Hash';

function allow(response: ServerResponse, exposed: string): void {
  response.setHeader('access-control-allow-origin', '*');
  response.setHeader('access-control-expose-headers', exposed);
  response.setHeader('access-control-allow-headers', 'Range, Authorization, Content-Type');
}

function refuse(response: ServerResponse, status: number, code: string, message: string): void {
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'x-error-code': code,
    'x-error-message': message,
  });
  response.end(JSON.stringify({ error: message }));
}

function sendJson(response: ServerResponse, value: unknown): void {
  response.writeHead(200, { 'content-type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify(value));
}

function describe(id: string, sha: string, { licence, gated }: HubContent) {
  return {
    _id: sha.slice(0, 24),
    id,
    private: false,
    gated: gated ? 'auto' : false,
    downloads: 1,
    likes: 0,
    lastModified: '2024-01-01T00:00:00.000Z',
    sha,
    tags: ['onnx', ...(licence ? [`license:${licence}`] : [])],
    ...(licence ? { cardData: { license: licence } } : {}),
  };
}

/** Paged by a Link header, with directories among the files, as the hub does it. */
function sendTree(response: ServerResponse, url: URL, { files }: HubContent): void {
  const directories = new Set(
    [...files.keys()].flatMap((path) => {
      const parts = path.split('/').slice(0, -1);
      return parts.map((_, i) => parts.slice(0, i + 1).join('/'));
    }),
  );
  const entries = [
    ...[...directories].map((path) => ({ type: 'directory', oid: gitOid(Buffer.from(path)), size: 0, path })),
    ...[...files].map(([path, bytes]) => describeFile(path, bytes)),
  ];
  const from = Number(url.searchParams.get('cursor') ?? 0);
  if (from + pageSize < entries.length) {
    const next = new URL(url);
    next.searchParams.set('cursor', String(from + pageSize));
    response.setHeader('link', `<${next.toString()}>; rel="next"`);
  }
  sendJson(response, entries.slice(from, from + pageSize));
}

function describeFile(path: string, bytes: Buffer) {
  const size = bytes.length;
  if (size < lfsBytes) return { type: 'file', oid: gitOid(bytes), size, path };
  const oid = sha256(bytes);
  const pointer = Buffer.from(
    `version https://git-lfs.github.com/spec/v1\noid sha256:${oid}\nsize ${size}\n`,
  );
  return { type: 'file', oid: gitOid(pointer), size, lfs: { oid, size, pointerSize: pointer.length }, path };
}

const pathOf = (request: IncomingMessage) => new URL(request.url!, 'http://x').pathname;
const gitOid = (bytes: Buffer) =>
  createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
