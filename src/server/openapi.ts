import type { Plugin } from 'vite';
import { openApiDocument } from '../domain/api/openapi.ts';

const fileName = 'openapi.json';

/** `/openapi.json`, written at build time from the schemas that check the requests. */
export function openApiFile(version: string): Plugin {
  const text = () => JSON.stringify(openApiDocument(version));
  return {
    name: 'zoetrope:openapi',
    generateBundle() {
      this.emitFile({ type: 'asset', fileName, source: text() });
    },
    configureServer: ({ middlewares }) => {
      middlewares.use(`/${fileName}`, (_request, response) => {
        response.setHeader('Content-Type', 'application/json').end(text());
      });
    },
  };
}
