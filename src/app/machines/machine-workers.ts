/** One worker for each machine, started when it is first spoken to: which one a call goes to follows from its address. */
import type { MachineAddress, MachineEvent, Machines } from '../../engine/machine-protocol.ts';
import { createStore, type StoreApi } from '../base/store.ts';

/** What each machine does for this page, by `placeOf`: nothing for those that are not there. */
export type MachinesNow = Readonly<Record<string, MachineEvent>>;

export interface MachineWorkers {
  readonly machines: Machines;
  readonly now: Pick<StoreApi<MachinesNow>, 'getState' | 'getInitialState' | 'subscribe'>;
  /** The person has taken it from the list: what still runs there ends. */
  readonly end: (address: string) => void;
}

export const placeOf = ({ kind, address }: Pick<MachineAddress, 'kind' | 'address'>) => `${kind} ${address}`;

/** `start`: a worker that may talk to this origin. A crashed one is started anew with the next call. */
export function createMachineWorkers(
  start: (origin: string, onCrash: () => void) => Machines,
): MachineWorkers {
  const workers = new Map<string, Machines>();
  const now = createStore<MachinesNow>(() => ({}));
  const workerFor = (address: string): Machines => {
    const { origin } = new URL(address);
    const worker = workers.get(origin) ?? start(origin, () => workers.delete(origin));
    workers.set(origin, worker);
    return worker;
  };
  const show = (place: string, event: MachineEvent | null) => {
    const others = Object.entries(now.getState()).filter(([each]) => each !== place);
    now.setState(Object.fromEntries(event ? [...others, [place, event] as const] : others), true);
  };
  return {
    now,
    machines: {
      call: (name, params, options = {}) => {
        const worker = workerFor(params.machine.address);
        if (name !== 'draw') return worker.call(name, params, options);
        const place = placeOf(params.machine);
        const onEvent = (event: MachineEvent) => {
          show(place, event);
          options.onEvent?.(event);
        };
        return worker.call(name, params, { ...options, onEvent: onEvent }).finally(() => show(place, null));
      },
      terminate: () => {
        for (const worker of workers.values()) worker.terminate();
        workers.clear();
      },
    },
    end: (address) => {
      const { origin } = new URL(address);
      workers.get(origin)?.terminate();
      workers.delete(origin);
    },
  };
}
