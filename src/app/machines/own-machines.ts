/** The person's other machines, as they lie on this device. What they are let in with lies apart, so that no copy of the list holds it. */
import { machineKinds, type MachineKind } from '../../domain/machine.ts';
import type { MachineAddress, MachineCapabilities } from '../../engine/machine-protocol.ts';
import { localKeys } from '../../engine/stored-names.ts';
import type { TextStorage } from '../base/text-storage.ts';

export interface OwnMachine {
  /** Random; means nothing elsewhere. */
  readonly id: string;
  readonly kind: MachineKind;
  /** As the person calls it. */
  readonly name: string;
  readonly address: string;
  /** What is sent, to whom, and what they may keep has been read. Until then nothing is. */
  readonly agreed: boolean;
  /** The machine's name for the model that draws; null before one was chosen. */
  readonly model: string | null;
  /** As it last told them; null before it was asked. */
  readonly capabilities: MachineCapabilities | null;
  /** Films and grids may be spread over it too, whichever model was chosen. */
  readonly helps?: boolean;
}

const version = 1;

/** What cannot be read is left out: a damaged record never keeps the page from starting. */
export function loadMachines(storage: TextStorage): readonly OwnMachine[] {
  const { machines } = readRecord(storage, localKeys.machines) as { machines?: unknown };
  return Array.isArray(machines) ? machines.filter(isMachine) : [];
}

/** False when there is no room, or storage is forbidden: the list then lives as long as the page. */
export const storeMachines = (storage: TextStorage, machines: readonly OwnMachine[]): boolean =>
  write(storage, localKeys.machines, { version, machines });

/** As adapters need it; with its key, which goes from here to the machine itself and nowhere else. */
export function addressOf(storage: TextStorage, { id, kind, address }: OwnMachine): MachineAddress {
  const key = loadKeys(storage)[id];
  return { kind, address, ...(key !== undefined && { key }) };
}

/** Null takes it away. */
export function storeMachineKey(storage: TextStorage, machineId: string, key: string | null): boolean {
  const others = Object.entries(loadKeys(storage)).filter(([id]) => id !== machineId);
  const keys = Object.fromEntries(key === null ? others : [...others, [machineId, key] as const]);
  return write(storage, localKeys.machineKeys, { version, keys });
}

function loadKeys(storage: TextStorage): Readonly<Record<string, string>> {
  const { keys } = readRecord(storage, localKeys.machineKeys) as { keys?: unknown };
  const entries = Object.entries(typeof keys === 'object' && keys !== null ? keys : {});
  return Object.fromEntries(
    entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

/** Empty for the record of a later version. */
function readRecord(storage: TextStorage, key: string): object {
  try {
    const record: unknown = JSON.parse(storage.getItem(key) ?? '{}');
    const known = typeof record === 'object' && record !== null && 'version' in record && record.version;
    return known === version ? (record as object) : {};
  } catch {
    return {};
  }
}

function write(storage: TextStorage, key: string, record: object): boolean {
  try {
    storage.setItem(key, JSON.stringify(record));
    return true;
  } catch {
    return false;
  }
}

function isMachine(value: unknown): value is OwnMachine {
  if (typeof value !== 'object' || value === null) return false;
  const { id, kind, name, address, agreed, model, capabilities, helps } = value as Record<
    keyof OwnMachine,
    unknown
  >;
  return (
    [id, name, address].every((text) => typeof text === 'string') &&
    (machineKinds as readonly unknown[]).includes(kind) &&
    typeof agreed === 'boolean' &&
    (model === null || typeof model === 'string') &&
    typeof capabilities === 'object' &&
    (helps === undefined || typeof helps === 'boolean')
  );
}
