import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Connect, Plugin } from 'vite';
import { headerPolicy } from '../engine/content-policy.ts';

/** Cross-origin isolation (threads for WebAssembly) and the content policy on every response, and cache headers that fit hashed file names. */
export function serverHeaders(): Plugin {
  return {
    name: 'zoetrope:headers',
    configureServer: (server) => void server.middlewares.use(isolate),
    configurePreviewServer: (server) => {
      server.middlewares.use(isolate);
      server.middlewares.use(restrict);
      server.middlewares.use(cache);
    },
  };
}

function isolate(_request: IncomingMessage, response: ServerResponse, next: Connect.NextFunction): void {
  response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
  response.setHeader('Cross-Origin-Embedder-Policy', 'require-corp');
  response.setHeader('Cross-Origin-Resource-Policy', 'same-origin');
  response.setHeader('X-Content-Type-Options', 'nosniff');
  next();
}

/** Not while developing: Vite's own client is an inline script. */
function restrict(_request: IncomingMessage, response: ServerResponse, next: Connect.NextFunction): void {
  response.setHeader('Content-Security-Policy', headerPolicy);
  next();
}

/** Vite puts a content hash into every name under /assets; all else must be asked for again. */
function cache(request: IncomingMessage, response: ServerResponse, next: Connect.NextFunction): void {
  const hashed = request.url?.startsWith('/assets/') ?? false;
  const value = hashed ? 'public, max-age=31536000, immutable' : 'no-cache';
  const setHeader = response.setHeader.bind(response);
  setHeader('Cache-Control', value);
  // The static file server behind this sets its own Cache-Control; ours must stand.
  response.setHeader = (name, given) =>
    setHeader(name, name.toLowerCase() === 'cache-control' ? value : given);
  next();
}
