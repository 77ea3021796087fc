/** The workers that speak to other machines, in a real browser. Fetched when there is one to speak to. */
import { onlyTo } from '../../engine/content-policy.ts';
import type { MachineCalls } from '../../engine/machine-protocol.ts';
import { rpcClient } from '../../engine/rpc.ts';
import { servedBy } from '../base/served-by.ts';
import { createMachineWorkers, type MachineWorkers } from './machine-workers.ts';

/** By its address, to which the one machine is added that the worker may talk to: Vite's own way to start workers has no room for that. */
const [scriptUrl] = Object.values(
  import.meta.glob<string>('../../elsewhere/main.ts', {
    query: '?worker&url',
    import: 'default',
    eager: true,
  }),
);

let opened: MachineWorkers | undefined;

/** The same from then on. */
export function openMachines(): MachineWorkers {
  return (opened ??= createMachineWorkers((origin, onCrash) =>
    rpcClient<MachineCalls>(new Worker(scriptFor(origin), { type: 'module', name: 'elsewhere' }), onCrash),
  ));
}

/** A host that is not ours writes no headers, and need not know which machines a person has; our service worker keeps it to itself. */
function scriptFor(origin: string): URL {
  const url = new URL(scriptUrl!, location.href);
  const { serviceWorker } = navigator as { serviceWorker?: ServiceWorkerContainer };
  if (serviceWorker?.controller || servedBy() !== 'host') url.searchParams.set(onlyTo, origin);
  return url;
}
