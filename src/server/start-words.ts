/** What `npm start` says of where it is, and how other devices get in. */
import type { NetworkInterfaceInfo } from 'node:os';
import type { PairingMode, StartOptions } from './start-options.ts';

export interface Addresses {
  /** For this machine. */
  readonly here: string;
  /** For others on its networks, where it listens to them. */
  readonly others: readonly string[];
}

type Asked = Pick<StartOptions, 'host' | 'port' | 'certificate' | 'pair'>;

export function addressesOf(
  { host, port, certificate }: Omit<Asked, 'pair'>,
  interfaces: Readonly<
    Record<string, readonly Pick<NetworkInterfaceInfo, 'address' | 'family' | 'internal'>[] | undefined>
  >,
): Addresses {
  const urlAt = (name: string) =>
    `${certificate ? 'https' : 'http'}://${name.includes(':') ? `[${name}]` : name}:${port}/`;
  if (!isEverywhere(host)) return { here: urlAt(host), others: [] };
  const others = Object.values(interfaces)
    .flatMap((each) => each ?? [])
    .filter(({ family, internal }) => family === 'IPv4' && !internal);
  return { here: urlAt('localhost'), others: others.map(({ address }) => urlAt(address)) };
}

/** Where only this machine can come, nobody is asked unless the person says so. */
export const pairingOf = ({ host, pair }: Pick<Asked, 'host' | 'pair'>): PairingMode =>
  pair === 'others' && /^(localhost|127\.[\d.]+|::1)$/.test(host) ? 'never' : pair;

/** Lines for the terminal; none where nobody else can come, or nobody is asked. */
export function pairingWords(code: string, { host, pair, certificate }: Omit<Asked, 'port'>): string[] {
  if (pairingOf({ host, pair }) === 'never') return [];
  return [
    `Other devices pair with this code: ${code.slice(0, 4)} ${code.slice(4)} (DELETE /pair from here forgets them and makes a new one; so does a new start)`,
    ...(certificate
      ? []
      : [
          'What they ask and get goes over the network unencrypted: --cert and --key, or a proxy of yours, change that',
        ]),
  ];
}

const isEverywhere = (host: string) => host === '0.0.0.0' || host === '::';
