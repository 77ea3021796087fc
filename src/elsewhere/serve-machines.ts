import type { MachineCalls } from '../engine/machine-protocol.ts';
import { serve } from '../engine/rpc.ts';
import { browserDeps } from './browser-deps.ts';
import { machineCalls } from './machine-calls.ts';

/** Answers the page from now on. */
export const serveMachines = (): void =>
  serve<MachineCalls>(self, machineCalls(browserDeps(`Zoetrope ${__APP_VERSION__}`)));
