/** The weights' worker: small, and free to work while the engine's worker computes. */
import type { ModelCalls } from '../engine/model-protocol.ts';
import { serve } from '../engine/rpc.ts';
import { modelCalls } from './weights/model-calls.ts';
import { realClock } from './weights/clock.ts';
import { openRecords } from './weights/idb.ts';
import { browserTabs } from './weights/tabs.ts';

serve<ModelCalls>(
  self,
  modelCalls({ records: openRecords(), tabs: browserTabs(), clock: realClock, fetch: fetch.bind(self) }),
);
