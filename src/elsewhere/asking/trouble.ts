/** From what a machine answers to what went wrong, in our codes. What it said is kept aside, in its own words. */
import { AppError, type ErrorCode } from '../../domain/errors.ts';
import type { MachineKind, MachineTrouble } from '../../domain/machine.ts';
import { isObject, type Json } from './json.ts';

export function machineError(
  kind: MachineKind,
  code: ErrorCode,
  message: string,
  more: Omit<MachineTrouble, 'kind'> & { readonly cause?: unknown } = {},
): AppError {
  const { cause, ...trouble } = more;
  return new AppError(code, message, {
    elsewhere: { kind, ...trouble },
    ...(cause !== undefined && { cause }),
  });
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** For every status that is no success. */
export function statusError(kind: MachineKind, answer: Answer): AppError {
  const { status, headers } = answer;
  const said = saidIn(answer);
  const retryAfterSec = retryAfter(headers);
  const message = `The machine answered with status ${status}${said === undefined ? '' : `: ${said}`}.`;
  return machineError(kind, codeOf(status), message, {
    ...(said !== undefined && { said }),
    ...(retryAfterSec !== undefined && { retryAfterSec }),
  });
}

function codeOf(status: number): ErrorCode {
  if (status === 401 || status === 403 || status === 407) return 'machine-refused';
  if (status === 429 || status === 503) return 'machine-busy';
  return status === 404 || status === 405 ? 'machine-answer' : 'machine-failed';
}

const maxSaidCharacters = 400;

function saidIn({ bytes }: Answer): string | undefined {
  const text = new TextDecoder().decode(bytes.subarray(0, 64 * 1024)).trim();
  const said = spoken(parse(text) ?? text).trim();
  return said === '' ? undefined : said.slice(0, maxSaidCharacters);
}

function parse(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

/** FastAPI says `detail` (a sentence, or a list of them), the Horde `message` and `errors`, sd-server `error`, A1111 `errors`. */
function spoken(data: Json | undefined): string {
  // A page of HTML is nothing that the machine says.
  if (typeof data === 'string') return data.startsWith('<') ? '' : data;
  if (Array.isArray(data)) return data.map(spoken).filter(Boolean).join(' ');
  if (!isObject(data)) return '';
  const parts = ['message', 'msg', 'detail', 'errors', 'error']
    .map((key) => data[key])
    .filter((part) => part !== undefined && part !== null && part !== '');
  if (parts.length === 0) return Object.values(data).map(spoken).filter(Boolean).join(' ');
  return [...new Set(parts.map(spoken))].filter(Boolean).join(' ');
}

/** Seconds, or a date (RFC 9110, 10.2.3). */
function retryAfter(headers: Headers): number | undefined {
  const value = headers.get('retry-after');
  if (value === null) return undefined;
  const seconds = /^\d+$/.test(value.trim()) ? Number(value) : (Date.parse(value) - Date.now()) / 1000;
  return Number.isFinite(seconds) ? Math.max(0, Math.ceil(seconds)) : undefined;
}
