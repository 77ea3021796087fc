/** All that the page draws, put together from the parts that the rooms own. Plain data: workers, controllers, blobs and bitmaps live in closures. */
import type { PreferencesSlice } from '../base/preferences.ts';
import type { ToastSlice } from '../base/toasts.ts';
import type { EngineSlice } from '../engine/engine-state.ts';
import type { MachinesSlice } from '../machines/machine-state.ts';
import type { TimingsSlice } from '../making/making-context.ts';
import type { ModelsSlice } from '../models/chosen-model.ts';
import type { PictureSlice } from '../picture/picture-state.ts';
import type { QueueSlice } from '../queue/queue-state.ts';

export type AppState = PreferencesSlice &
  ToastSlice &
  EngineSlice &
  MachinesSlice &
  TimingsSlice &
  ModelsSlice &
  QueueSlice &
  PictureSlice;
