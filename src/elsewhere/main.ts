import type { MachineCalls } from '../engine/machine-protocol.ts';
import { serve } from '../engine/rpc.ts';
import { browserDeps } from './browser-deps.ts';
import { machineCalls } from './machine-calls.ts';

// One worker for each machine: the header of its script lets it talk to that one only (`engine/content-policy.ts`).
serve<MachineCalls>(self, machineCalls(browserDeps(`Zoetrope ${__APP_VERSION__}`)));
