import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Connect, Plugin } from 'vite';
import { headerPolicyOf } from '../engine/content-policy.ts';

/** While developing: without the content policy, since Vite's own client is an inline script. */
export function serverHeaders(): Plugin {
  return {
    name: 'zoetrope:headers',
    configureServer: ({ middlewares }) =>
      void middlewares.use(
        (_request: IncomingMessage, response: ServerResponse, next: Connect.NextFunction) => {
          setHeaders(response, isolation);
          next();
        },
      ),
  };
}

/** Cross-origin isolation gives WebAssembly its threads. */
const isolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'X-Content-Type-Options': 'nosniff',
};

/** For every answer of the production server. */
export const productionHeaders = (url: string) => ({
  ...isolation,
  'Content-Security-Policy': headerPolicyOf(url),
});

/** Vite puts a content hash into every name under /assets; all else must be asked for again. */
export const cacheControl = (path: string) =>
  path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache';

export function setHeaders(response: ServerResponse, headers: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
}
