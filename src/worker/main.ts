import { AppError } from '../domain/errors.ts';
import type { ModelRef } from '../domain/model/model.ts';
import type { EngineCalls } from '../engine/protocol.ts';
import { serve } from '../engine/rpc.ts';
import { createEngine } from './engine.ts';
import { probe, wasmThreads } from './probe.ts';
import { httpFiles } from './weights/http-files.ts';
import type { ModelFiles } from './weights/model-files.ts';

// The page starts this worker early, to count tokens and to probe; the runtime comes when the first model is loaded.
serve<EngineCalls>(
  self,
  createEngine({
    probe,
    openRuntime: async (backend) => (await import('./ort.ts')).openRuntime(backend, wasmThreads()),
    openFiles,
    loadTokenizer: async (files) => (await import('./tokenizer.ts')).loadTokenizer(files),
  }),
);

function openFiles({ id, source }: ModelRef): Promise<ModelFiles> {
  if (source.kind === 'http') return Promise.resolve(httpFiles(source));
  return Promise.reject(new AppError('file-not-found', `${id} is not stored on this device.`));
}
