/** The one way to a machine: a request, its whole answer, and every failure as an `AppError`. */
import { abortError } from '../../engine/rpc.ts';
import { limits } from '../../domain/limits.ts';
import type { AdapterTools } from './adapter.ts';
import type { Json } from './json.ts';
import { anyOf, neverAborts } from './signals.ts';
import { machineError, statusError, type Answer } from './trouble.ts';

export interface Asked {
  /** Behind the machine's address: `/sdapi/v1/options`. */
  readonly path: string;
  readonly method?: 'GET' | 'POST' | 'DELETE';
  readonly json?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** What is no answer after this is none; null: it may take as long as it takes. */
  readonly limitMs?: number | null;
  /** Instead of the call's own. */
  readonly signal?: AbortSignal;
}

const usualLimitMs = 30_000;

/** Any status. Throws `machine-unreachable`, `timed-out`, `machine-answer` for more bytes than a picture can have, and an `AbortError`. */
export async function askAny(tools: AdapterTools, asked: Asked): Promise<Answer> {
  const { machine, signal: own } = tools;
  const { path, method = 'GET', json, limitMs = usualLimitMs, signal = own } = asked;
  if (signal.aborted) throw abortError();
  const limit = limitMs === null ? neverAborts() : tools.limit(limitMs);
  const either = anyOf(signal, limit);
  let begun = false;
  try {
    const response = await tools.fetch(machine.address + path, {
      method,
      headers: { ...(json !== undefined && { 'Content-Type': 'application/json' }), ...asked.headers },
      ...(json !== undefined && { body: JSON.stringify(json) }),
      signal: either.signal,
      // Nothing but the machine itself is asked, and it learns nothing that was not said.
      redirect: 'error',
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      cache: 'no-store',
    });
    begun = true;
    return { status: response.status, headers: response.headers, bytes: await readAll(tools, response) };
  } catch (cause) {
    if (signal.aborted) throw abortError();
    if (limit.aborted) throw machineError(machine.kind, 'timed-out', 'The machine did not answer in time.');
    if (isOurs(cause)) throw cause;
    const why = begun ? 'gone' : await tools.whyUnreachable(machine.address);
    throw machineError(machine.kind, 'machine-unreachable', 'There was no whole answer.', { why, cause });
  } finally {
    either.drop();
  }
}

const isOurs = (error: unknown) => error instanceof Error && error.name === 'AppError';

async function readAll({ machine }: AdapterTools, response: Response): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  const reader = response.body?.getReader();
  for (let bytes = 0; reader;) {
    const { done, value } = await reader.read();
    if (done) break;
    bytes += value.length;
    if (bytes > limits.read.machineAnswerBytes) {
      await reader.cancel();
      throw machineError(machine.kind, 'machine-answer', 'The answer is larger than any picture.');
    }
    parts.push(value);
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}

/** A success. Throws as `askAny`, and for every other status as `statusError`. */
export async function ask(tools: AdapterTools, asked: Asked): Promise<Answer> {
  const answer = await askAny(tools, asked);
  if (answer.status < 200 || answer.status > 299) throw statusError(tools.machine.kind, answer);
  return answer;
}

/** Throws as `ask`, and `machine-answer` for what is no JSON. */
export async function askJson(tools: AdapterTools, asked: Asked): Promise<Json> {
  return readJson(tools, await ask(tools, asked));
}

export function readJson({ machine }: AdapterTools, { bytes }: Answer): Json {
  try {
    return JSON.parse(new TextDecoder().decode(bytes)) as Json;
  } catch (cause) {
    throw machineError(machine.kind, 'machine-answer', 'The answer is not JSON.', { cause });
  }
}
