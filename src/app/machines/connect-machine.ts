/** The first words with a machine: it is paired with where it asks for a code, and tells what it can do. */
import type { MachineKind } from '../../domain/machine.ts';
import type { MachineAddress, MachineCapabilities, Machines } from '../../engine/machine-protocol.ts';

export interface Connected {
  readonly capabilities: MachineCapabilities;
  /** From now on it is let in with this. */
  readonly key: string | undefined;
}

/** `code`: shown by another Zoetrope. Throws as `MachineCalls`; nothing is kept then. */
export async function connectMachine(
  machines: Machines,
  { machine, code }: { readonly machine: MachineAddress; readonly code?: string },
  signal: AbortSignal,
): Promise<Connected> {
  const key =
    code === undefined || code === ''
      ? machine.key
      : await machines.call('pair', { machine, code }, { signal });
  const known = { ...machine, ...(key !== undefined && { key }) };
  const capabilities = await machines.call('capabilities', { machine: known }, { signal });
  return { capabilities, key };
}

/** What such a server listens at unless it was told otherwise. */
export const usualAddress: Readonly<Record<MachineKind, string>> = {
  zoetrope: '',
  a1111: 'http://127.0.0.1:7860',
  'sd-server': 'http://127.0.0.1:1234',
  fastapi: 'http://127.0.0.1:8000',
  horde: 'https://aihorde.net/api',
};

/** As it is kept: without a slash at the end, a query or a hash. Null for what is none, or names a user. */
export function readAddress(text: string): string | null {
  const trimmed = text.trim();
  const full = /^[a-z]+:\/\//i.test(trimmed) ? trimmed : `http://${trimmed}`;
  if (!URL.canParse(full)) return null;
  const { protocol, origin, pathname, username, hostname } = new URL(full);
  const readable = /^https?:$/.test(protocol) && username === '' && /^[\w.:[\]-]+$/.test(hostname);
  return readable ? `${origin}${pathname.replace(/\/+$/, '')}` : null;
}

/** Without the scheme, as people name it. */
export const hostOf = (address: string): string => new URL(address).host;

/** Who shares the network can read what goes over plain http, unless it stays on the machine. */
export function isOpenToOthers(address: string): boolean {
  const { protocol, hostname } = new URL(address);
  return protocol === 'http:' && !/^(localhost|127\.[\d.]+|\[::1\])$/.test(hostname);
}
