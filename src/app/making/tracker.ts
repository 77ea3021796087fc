/** How far a run is and when it will end: from the engine's events, with what this device was measured at before. */
import { modelCalls } from '../../domain/diffusion/samplers/model-calls.ts';
import type { ModelRef } from '../../domain/model/model.ts';
import type { ImageSettings } from '../../domain/diffusion/image-settings.ts';
import { advance, beginProgress, remainingMs, type DrawnBy, type RunProgress } from '../engine/progress.ts';
import type { MakingContext } from './making-context.ts';
import type { DrawEvent } from './picture-engine.ts';
import { recordTiming, timingKey, type Timed } from './timings.ts';

export interface Told {
  readonly progress: RunProgress;
  /** By the clock of the store; null until this device has been measured. */
  readonly expectedEndMs: number | null;
}

/** A measurement belongs to the model, the backend and the size that were really used. */
type Measured = Timed;

/** How many calls of the model are to come. */
type Counted = Pick<ImageSettings, 'sampler' | 'steps' | 'guidanceScale' | 'speed'>;

export interface Tracker {
  readonly event: (event: DrawEvent) => void;
  /** The model is ready, and `imageCount` pictures are to be made, from a source with this strength where there is one. */
  readonly recall: (
    settings: Measured & Counted,
    backend: DrawnBy,
    imageCount: number,
    strength?: number,
  ) => void;
  /** Files what was measured. */
  readonly keep: (settings: Measured, backend: DrawnBy) => void;
}

export function createTracker(
  { store, deps }: Pick<MakingContext, 'store' | 'deps'>,
  model: ModelRef,
  begin: { readonly steps: number; readonly imageCount: number },
  tell: (told: Told) => void,
): Tracker {
  let progress = beginProgress(begin.steps, begin.imageCount, null);
  const set = (next: RunProgress) => {
    progress = next;
    const leftMs = remainingMs(progress);
    tell({ progress, expectedEndMs: leftMs === null ? null : deps.now() + leftMs });
  };
  set(progress);
  return {
    event: (event) => set(advance(progress, event)),
    recall: (settings, backend, imageCount, strength) => {
      const known = store.getState().timings[timingKey(model, backend, settings)];
      const calls = modelCalls(settings, strength);
      set({ ...progress, imageCount, calls, timing: known ?? progress.timing });
    },
    keep: (settings, backend) => {
      const { timing } = progress;
      if (!timing) return;
      const key = timingKey(model, backend, settings);
      store.setState(({ timings }) => ({ timings: recordTiming(timings, key, timing) }));
    },
  };
}
