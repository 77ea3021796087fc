import type { EngineCalls } from '../engine/protocol.ts';
import { serve } from '../engine/rpc.ts';
import { createEngine } from './engine.ts';
import { probe, wasmThreads } from './runtime/probe.ts';
import { noExtras } from './weights/no-extras.ts';
import { httpFiles } from './weights/http-files.ts';

// The page starts this worker early, to count tokens and to probe; the runtime comes when the first model is loaded.
serve<EngineCalls>(
  self,
  createEngine({
    probe,
    openRuntime: async (backend) => (await import('./runtime/ort.ts')).openRuntime(backend, wasmThreads()),
    openFiles: async (model) =>
      model.source.kind === 'http'
        ? httpFiles(model.source)
        : (await import('./weights/open-files.ts')).openKeptFiles(model, model.source),
    openExtras: async (model) => {
      // Served beside the page: graphs, which nothing can be added to.
      if (model.source.kind === 'http') return noExtras;
      const { openExtras } = await import('./weights/extras.ts');
      return openExtras((await import('./weights/idb.ts')).openRecords());
    },
    loadTokenizer: async (files) => (await import('./model/tokenizer.ts')).loadTokenizer(files),
  }),
);
