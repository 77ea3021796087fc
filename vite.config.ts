import react from '@vitejs/plugin-react';
import { readFileSync } from 'node:fs';
import { defineConfig } from 'vite';
import { builtInModel } from './src/server/built-in-model.ts';
import { contentPolicy } from './src/server/content-policy.ts';
import { thirdPartyNotices } from './src/server/notices.ts';
import { oneRuntime } from './src/server/one-runtime.ts';
import { openApiFile } from './src/server/openapi.ts';
import { apiRelay } from './src/server/relay.ts';
import { serverHeaders } from './src/server/headers.ts';
import { pwa } from './src/server/pwa.ts';

const { version } = JSON.parse(readFileSync('./package.json', 'utf8')) as { version: string };

/** The documents about the API have entries of their own, which share only these few modules with the app. */
const isOfThePage = (id: string) =>
  !/^\0|[\\/]api[\\/]docs[\\/]|swagger|redoc|api-protocol|vite[\\/]/.test(id);

export default defineConfig({
  base: './',
  plugins: [
    react(),
    builtInModel(),
    oneRuntime(),
    thirdPartyNotices(import.meta.dirname),
    pwa(),
    contentPolicy(),
    serverHeaders(),
    openApiFile(version),
    apiRelay(),
  ],
  define: { __APP_VERSION__: JSON.stringify(version) },
  worker: { format: 'es', plugins: () => [builtInModel(), oneRuntime()] },
  build: {
    target: 'es2022',
    assetsInlineLimit: 0,
    rolldownOptions: {
      input: ['index.html', 'docs.html', 'redoc.html'],
      // What the first screen shares with those that are fetched later would be forty files of a kilobyte each; here it is one.
      output: {
        codeSplitting: {
          groups: [{ name: 'shared', tags: ['$initial'], minShareCount: 2, test: isOfThePage }],
        },
      },
    },
  },
  // These load their own .wasm by URL, which pre-bundling would break.
  optimizeDeps: {
    exclude: ['onnxruntime-web', '@ffmpeg/ffmpeg', '@ffmpeg/core', '@huggingface/transformers'],
  },
});
