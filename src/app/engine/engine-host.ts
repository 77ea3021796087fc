import { AppError } from '../../domain/errors.ts';
import type { Engine } from '../../engine/protocol.ts';

/** Owns the engine worker: starts it when it is first needed, and a fresh one after a crash or when its runtime could not be fetched. */
export interface EngineHost {
  engine(): Engine;
  running(): boolean;
  /** Ends the worker at once; the next `engine()` starts another. */
  stop(): void;
}

export type EngineFactory = (onCrash: (error: AppError) => void) => Engine;

export function createEngineHost(create: EngineFactory, onCrash: (error: AppError) => void): EngineHost {
  let current: Engine | null = null;

  const start = (): Engine => {
    const worker = create((error) => {
      if (current !== engine) return;
      current = null;
      onCrash(error);
    });
    const engine: Engine = {
      call: (name, params, options) =>
        worker.call(name, params, options).catch((error: unknown) => {
          if (error instanceof AppError && error.code === 'runtime-missing') worker.terminate();
          throw error;
        }),
      terminate: () => worker.terminate(),
    };
    return engine;
  };
  return {
    engine: () => (current ??= start()),
    running: () => current !== null,
    stop: () => current?.terminate(),
  };
}
