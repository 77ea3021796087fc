/** What the page knows of other machines, and how one stands among the models that can be chosen. */
import { limits } from '../../domain/limits.ts';
import { machineModelId } from '../../domain/machine.ts';
import type { ModelEntry } from '../../domain/model/model.ts';
import type {
  MachineAddress,
  MachineCapabilities,
  MachineFeature,
  Machines,
} from '../../engine/machine-protocol.ts';
import type { OwnMachine } from './own-machines.ts';

export interface MachinesSlice {
  readonly machines: readonly OwnMachine[];
}

/** The way to them, for who draws. */
export interface MachineAccess {
  /** Undefined when the person has taken it from the list. */
  readonly find: (machineId: string) => OwnMachine | undefined;
  /** With its key. */
  readonly address: (machine: OwnMachine) => MachineAddress;
  /** Those that take part where there is more than one picture. */
  readonly helpers: () => readonly OwnMachine[];
  /** Starts what speaks to them when it is first needed. */
  readonly open: () => Promise<Machines>;
}

/** Of a model that was not told more of. */
const usual = { sampler: 'model', steps: 25, guidanceScale: 7 } as const;

/**
 * The machine as a model that can be chosen: what it draws with by now, or the model of that name. It has the sizes of that model, and nothing of it
 * lies here.
 */
export function machineEntry(machine: OwnMachine, model: string | null = machine.model): ModelEntry {
  const { id, capabilities } = machine;
  const known = capabilities?.models ?? [];
  const found = known.find((each) => each.id === model) ?? known[0];
  const name = found?.name ?? model ?? machine.name;
  const side = found?.nativeSide ?? 512;
  return {
    ref: {
      id: machineModelId(id, found?.id ?? model ?? ''),
      revision: found?.revision ?? '',
      source: { kind: 'elsewhere', machine: id },
    },
    card: {
      name,
      description: machine.name,
      licence: '',
      defaults: { ...usual, width: side, height: side },
      sizeMultiple: capabilities?.sizes.multiple ?? 64,
      examples: [],
    },
  };
}

/** Null for this device, which can do everything. */
export function capabilitiesOf(
  { machines }: MachinesSlice,
  { ref: { source } }: ModelEntry,
): MachineCapabilities | null {
  if (source.kind !== 'elsewhere') return null;
  return machines.find(({ id }) => id === source.machine)?.capabilities ?? nothing;
}

/** Before it was asked. */
const nothing: MachineCapabilities = {
  models: [],
  samplers: ['model'],
  sizes: { multiple: 64, side: limits.pictureSide, maxPixels: 512 * 512 },
  steps: limits.steps,
  can: [],
};

export const canDo = (capabilities: MachineCapabilities | null, feature: MachineFeature): boolean =>
  capabilities === null || capabilities.can.includes(feature);

/** Only with the same seeds a part is the same part elsewhere. */
export const helpersAmong = (machines: readonly OwnMachine[]): readonly OwnMachine[] =>
  machines.filter(
    ({ helps = false, agreed, capabilities }) =>
      helps && agreed && capabilities?.can.includes('seed') === true,
  );

/** Pictures cost something in its own coin. */
export const isPaid = ({ machines }: MachinesSlice, { ref: { source } }: ModelEntry): boolean =>
  source.kind === 'elsewhere' &&
  machines.some(({ id, kind, agreed }) => id === source.machine && kind === 'horde' && agreed);
