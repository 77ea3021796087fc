import type { EngineCalls } from '../engine/protocol.ts';
import { serve } from '../engine/rpc.ts';
import { createEngine } from './engine.ts';
import { probe, wasmThreads } from './probe.ts';
import { openModelFiles } from './weights/open-files.ts';

// The page starts this worker early, to count tokens and to probe; the runtime comes when the first model is loaded.
serve<EngineCalls>(
  self,
  createEngine({
    probe,
    openRuntime: async (backend) => (await import('./ort.ts')).openRuntime(backend, wasmThreads()),
    openFiles: openModelFiles,
    loadTokenizer: async (files) => (await import('./tokenizer.ts')).loadTokenizer(files),
  }),
);
