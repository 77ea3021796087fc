import type { EngineSlice } from '../engine/engine-state.ts';
import { speedTimes, type SpeedTimes, type Timings } from '../making/timings.ts';
import { currentModel, type ModelsSlice } from '../models/chosen-model.ts';
import type { PictureSlice } from './picture-state.ts';

/** How long the draft's picture will take here in both ways; null until something like it has been measured. */
export function draftTimes(
  state: PictureSlice & ModelsSlice & EngineSlice & { readonly timings: Timings },
): SpeedTimes | null {
  const { draft, engine, timings, source } = state;
  const backend = engine.status === 'ready' ? engine.model.backend : 'wasm';
  const strength = source ? draft.strength : 1;
  return speedTimes(timings, currentModel(state).ref, backend, draft, strength);
}
