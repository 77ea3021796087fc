/** What `npm start` was asked for. */
import { readFileSync } from 'node:fs';
import { createSecureContext } from 'node:tls';
import { parseArgs } from 'node:util';

/** Who is served beside programs of this machine and pages of the server's own. */
export interface Guests {
  /** The name or address that the server was told to listen at. */
  readonly host: string | undefined;
  /** Other names that requests may call it by: a container's, one of the local network. */
  readonly allowHosts: readonly string[];
  /** Other sites whose scripts may ask it: `https://example.org`. */
  readonly allowOrigins: readonly string[];
}

/**
 * Who is asked to pair. `others`: all but this machine. `always`: this machine too, for a proxy there makes everybody look like it. `never`:
 * nobody, where something else keeps strangers out.
 */
export const pairingModes = ['others', 'always', 'never'] as const;
export type PairingMode = (typeof pairingModes)[number];

/** The person's own, both in PEM. */
export interface Certificate {
  readonly cert: Buffer;
  readonly key: Buffer;
}

export interface StartOptions extends Guests {
  /** 0: any that is free. */
  readonly port: number;
  readonly host: string;
  /** A tab of its own is to be opened, which draws. */
  readonly headless: boolean;
  readonly pair: PairingMode;
  /** Null: plain http. */
  readonly certificate: Certificate | null;
}

/** What the person asked for cannot be done; the message is one sentence for the terminal. */
export class StartRefusal extends Error {}

const known = {
  port: { type: 'string' },
  host: { type: 'string' },
  headless: { type: 'boolean' },
  'allow-host': { type: 'string' },
  'allow-origin': { type: 'string' },
  pair: { type: 'string' },
  cert: { type: 'string' },
  key: { type: 'string' },
} as const;

/** Throws `StartRefusal`. `--port` goes before the environment's `PORT`. */
export function readOptions(args: readonly string[], environment: { readonly PORT?: string | undefined }) {
  const { tokens } = parseArgs({ args: [...args], options: known, strict: false, tokens: true });
  const given = new Map<string, string | undefined>();
  const allowHosts: string[] = [];
  const allowOrigins: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'option-terminator') continue;
    if (token.kind === 'positional') throw new StartRefusal(unknown(token.value));
    if (!Object.hasOwn(known, token.name)) throw new StartRefusal(unknown(token.rawName));
    given.set(token.name, token.value);
    if (token.name === 'allow-host') allowHosts.push(readName(token.value));
    if (token.name === 'allow-origin') allowOrigins.push(readOrigin(token.value));
  }
  return {
    port: readPort(given.has('port') ? (given.get('port') ?? '') : (environment.PORT ?? '8000')),
    host: readHost(given.has('host') ? given.get('host') : 'localhost'),
    headless: given.has('headless'),
    allowHosts,
    allowOrigins,
    pair: given.has('pair') ? readMode(given.get('pair')) : 'others',
    certificate: readCertificate(given),
  } satisfies StartOptions;
}

const unknown = (what: string) =>
  `npm start does not know “${what}”; it knows --port NUMBER, --host NAME, --headless, --allow-host NAME, --allow-origin ORIGIN, --pair WHO, --cert FILE and --key FILE.`;

function readPort(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : NaN;
  if (port <= 65_535) return port;
  throw new StartRefusal(`--port needs a number from 0 to 65535, not “${text}”.`);
}

function readHost(text: string | undefined): string {
  if (text !== undefined && text !== '') return text;
  throw new StartRefusal('--host needs a name or an address, as in --host 0.0.0.0.');
}

function readName(text: string | undefined): string {
  if (text !== undefined && /^[\w.-]+$/.test(text)) return text.toLowerCase();
  throw new StartRefusal('--allow-host needs a name without a port, as in --allow-host studio.lan.');
}

function readOrigin(text = ''): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url && /^https?:$/.test(url.protocol) && url.href === `${url.origin}/`) return url.origin;
  throw new StartRefusal(
    `--allow-origin needs the beginning of a site’s address, as in --allow-origin https://example.org, not “${text}”.`,
  );
}

function readMode(text = ''): PairingMode {
  const mode = pairingModes.find((each) => each === text);
  if (mode !== undefined) return mode;
  throw new StartRefusal(`--pair needs “others”, “always” or “never”, not “${text}”.`);
}

function readCertificate(given: ReadonlyMap<string, string | undefined>): Certificate | null {
  if (!given.has('cert') && !given.has('key')) return null;
  if (!given.has('cert') || !given.has('key'))
    throw new StartRefusal(
      '--cert and --key belong together: the certificate and its key, each a file in PEM.',
    );
  const certificate = { cert: readPem('--cert', given.get('cert')), key: readPem('--key', given.get('key')) };
  try {
    createSecureContext(certificate);
  } catch (cause) {
    throw new StartRefusal(`--cert and --key do not fit together: ${(cause as Error).message}.`, { cause });
  }
  return certificate;
}

function readPem(option: string, file = ''): Buffer {
  try {
    return readFileSync(file);
  } catch (cause) {
    throw new StartRefusal(`${option} needs a file that can be read, not “${file}”.`, { cause });
  }
}

/** One sentence for what keeps a server from listening, or undefined for anything else. */
export function whyNotListening(
  error: unknown,
  { port, host }: Pick<StartOptions, 'port' | 'host'>,
): string | undefined {
  const { code } = error as { code?: unknown };
  if (code === 'EADDRINUSE')
    return `Port ${port} is taken by another program. End that one, or choose another: npm start -- --port ${port + 1}`;
  if (code === 'EACCES') return `Port ${port} is not open to you: choose one above 1023.`;
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN' || code === 'EADDRNOTAVAIL')
    return `“${host}” is no name or address of this machine: choose another --host, or leave it out.`;
  return undefined;
}
