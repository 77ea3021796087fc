/**
 * Other devices show that their person has seen this machine: a code that it shows becomes a token, which the device keeps. Both are
 * forgotten when the server ends.
 */
import { createHash, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';

export type PairingAnswer =
  | { readonly kind: 'paired'; readonly token: string }
  | { readonly kind: 'wrong' }
  /** Too many were wrong: not even the right one is looked at until then. */
  | { readonly kind: 'wait'; readonly afterSec: number };

export interface Pairing {
  /** Eight digits, as the machine shows them. */
  code(): string;
  /** `client`: whose tries are counted together. */
  pair(code: string, client: string): PairingAnswer;
  isPaired(token: string): boolean;
  forget(token: string): void;
  /** Every device, and the code. */
  forgetAll(): void;
}

export interface PairingDeps {
  /** Milliseconds that never run backwards. */
  readonly nowMs: () => number;
  readonly newCode: () => string;
  /** It has taken the place of the first. */
  readonly onNewCode?: (code: string) => void;
}

/** So many wrong ones cost a client nothing; then it waits a minute, and twice as long after each further one. */
const freeTries = 5;
const firstWaitMs = 60_000;
const longestWaitMs = 3_600_000;
/** Of all clients together, who may be one with many addresses: of 10⁸ codes, a day's worth of tries finds one in 20,000. */
const triesInAll = 30;
const inAllMs = 600_000;
/** The oldest is forgotten for the next. */
const mostDevices = 100;

interface Tries {
  readonly wrong: number;
  readonly untilMs: number;
}

/** Cryptographically random, leading zeros included. */
export const newCode = () => String(randomInt(100_000_000)).padStart(8, '0');

export function createPairing({ nowMs, newCode: draw, onNewCode }: PairingDeps): Pairing {
  let code = draw();
  const tokens = new Map<string, Buffer>();
  const clients = new Map<string, Tries>();
  let wrongAtMs: readonly number[] = [];

  const waitMs = (client: string, now: number): number => {
    wrongAtMs = wrongAtMs.filter((atMs) => atMs > now - inAllMs);
    for (const [name, { untilMs }] of clients) if (untilMs < now - longestWaitMs) clients.delete(name);
    const all = wrongAtMs.length < triesInAll ? 0 : wrongAtMs[0]! + inAllMs - now;
    return Math.max(all, (clients.get(client)?.untilMs ?? now) - now);
  };
  const countWrong = (client: string, now: number) => {
    const wrong = (clients.get(client)?.wrong ?? 0) + 1;
    clients.set(client, { wrong, untilMs: now + waitAfter(wrong) });
    wrongAtMs = [...wrongAtMs, now];
  };
  return {
    code: () => code,
    pair: (tried, client) => {
      const now = nowMs();
      const wait = waitMs(client, now);
      if (wait > 0) return { kind: 'wait', afterSec: Math.ceil(wait / 1000) };
      if (!isSame(digest(tried), digest(code))) {
        countWrong(client, now);
        return { kind: 'wrong' };
      }
      clients.delete(client);
      const token = randomBytes(32).toString('base64url');
      if (tokens.size >= mostDevices) tokens.delete(tokens.keys().next().value!);
      tokens.set(token, digest(token));
      return { kind: 'paired', token };
    },
    isPaired: (token) => {
      const asked = digest(token);
      // All are compared, whichever it is.
      return [...tokens.values()].filter((known) => isSame(asked, known)).length > 0;
    },
    forget: (token) => void tokens.delete(token),
    forgetAll: () => {
      tokens.clear();
      clients.clear();
      wrongAtMs = [];
      code = draw();
      onNewCode?.(code);
    },
  };
}

const waitAfter = (wrong: number) =>
  wrong < freeTries ? 0 : Math.min(firstWaitMs * 2 ** (wrong - freeTries), longestWaitMs);

/** Of equal length whatever was sent, and takes equally long. */
const digest = (text: string) => createHash('sha256').update(text).digest();
const isSame = (a: Buffer, b: Buffer) => timingSafeEqual(a, b);
