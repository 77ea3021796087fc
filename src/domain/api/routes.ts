/** Which requests are the API's. Knows no fields, so that the service worker and the relay can ask without loading the schemas. */

export type Endpoint =
  | {
      readonly name:
        'status' | 'health' | 'generate' | 'inpaint' | 'upscale' | 'generate-video' | 'video-info' | 'jobs';
    }
  | { readonly name: 'job' | 'job-events' | 'job-result'; readonly id: string };

interface Route {
  readonly pattern: RegExp;
  readonly methods: readonly string[];
  readonly name: Endpoint['name'];
}

const routes: readonly Route[] = [
  { pattern: /^\/$/, methods: ['GET'], name: 'status' },
  { pattern: /^\/health$/, methods: ['GET'], name: 'health' },
  { pattern: /^\/generate$/, methods: ['POST'], name: 'generate' },
  { pattern: /^\/inpaint$/, methods: ['POST'], name: 'inpaint' },
  { pattern: /^\/upscale$/, methods: ['POST'], name: 'upscale' },
  { pattern: /^\/generate-video$/, methods: ['POST'], name: 'generate-video' },
  { pattern: /^\/generate-video\/info$/, methods: ['GET', 'POST'], name: 'video-info' },
  { pattern: /^\/jobs$/, methods: ['GET'], name: 'jobs' },
  { pattern: /^\/jobs\/([\w-]+)$/, methods: ['GET', 'DELETE'], name: 'job' },
  { pattern: /^\/jobs\/([\w-]+)\/events$/, methods: ['GET'], name: 'job-events' },
  { pattern: /^\/jobs\/([\w-]+)\/result$/, methods: ['GET'], name: 'job-result' },
];

/** Pages and files with a fixed place that are served like the rest of the app, but belong to the API for the person who asks for them. */
const documentPaths = ['/docs', '/redoc', '/openapi.json'] as const;

export type Routing =
  | { readonly kind: 'endpoint'; readonly endpoint: Endpoint }
  | { readonly kind: 'wrong-method' | 'options'; readonly allow: string }
  /** The same path without its last slash is an endpoint. */
  | { readonly kind: 'redirect'; readonly path: string }
  /** A page or file of the app, or nothing at all. */
  | { readonly kind: 'elsewhere' };

/** `/` is the API's only for who asks for JSON: a browser that asks for a page gets the app. */
export function route(method: string, path: string, accept: string | undefined): Routing {
  const found = routes.find(({ pattern }) => pattern.test(path));
  if (!found) return withoutRoute(method, path);
  if (found.name === 'status' && ['GET', 'HEAD'].includes(method) && !wantsJson(accept)) {
    return { kind: 'elsewhere' };
  }
  const allow = allowed(found.methods);
  if (method === 'OPTIONS') return { kind: 'options', allow };
  if (!allow.split(', ').includes(method)) return { kind: 'wrong-method', allow };
  const id = found.pattern.exec(path)?.[1];
  const endpoint = { name: found.name, ...(id === undefined ? {} : { id }) } as Endpoint;
  return { kind: 'endpoint', endpoint };
}

function withoutRoute(method: string, path: string): Routing {
  if ((documentPaths as readonly string[]).includes(path)) {
    const allow = allowed(['GET']);
    if (method === 'OPTIONS') return { kind: 'options', allow };
    return allow.split(', ').includes(method) ? { kind: 'elsewhere' } : { kind: 'wrong-method', allow };
  }
  const bare = path.replace(/\/+$/, '');
  const redirects = bare !== path && routes.some(({ pattern }) => pattern.test(bare));
  return redirects ? { kind: 'redirect', path: bare } : { kind: 'elsewhere' };
}

const allowed = (methods: readonly string[]) =>
  [...methods, ...(methods.includes('GET') ? ['HEAD'] : []), 'OPTIONS'].join(', ');

/** True if JSON is named, and HTML is not preferred to it. */
function wantsJson(accept: string | undefined): boolean {
  const json = qualityOf(accept ?? '', 'application/json');
  return json > 0 && json >= qualityOf(accept ?? '', 'text/html');
}

function qualityOf(accept: string, type: string): number {
  const range = accept.split(',').find((part) => part.split(';')[0]!.trim().toLowerCase() === type);
  if (range === undefined) return 0;
  const quality = /;\s*q=([0-9.]+)/i.exec(range)?.[1];
  return quality === undefined ? 1 : Number(quality);
}
