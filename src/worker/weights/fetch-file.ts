/** One file, streamed into a sink: resumed where it broke off, begun again where it changed, refused where it is something else. */
import { abortError } from '../../engine/rpc.ts';
import { AppError, isAbort } from '../../domain/errors.ts';
import type { SourceFile } from '../../domain/model/model-file.ts';
import { ask, unreachable, type Fetch } from './ask.ts';
import type { ByteSink } from './byte-sink.ts';
import type { Clock } from './clock.ts';
import { Retry, withRetries, type RetryOptions } from './retry.ts';

export interface FetchFileOptions extends RetryOptions {
  readonly fetch: Fetch;
  /** How many bytes are there now; after a restart it is told less than before. */
  readonly onLength?: ((lengthBytes: number) => void) | undefined;
}

/** A connection that brings nothing for so long is taken for dead. */
const stallMs = 45_000;

/**
 * Throws `file-corrupt` when what comes is not what `source` says, `download-failed` when it does not come, and as `ask`.
 * After an abort the sink can be continued.
 */
export async function fetchFile(
  url: string,
  source: SourceFile,
  sink: ByteSink,
  options: FetchFileOptions,
): Promise<void> {
  let best = sink.length();
  const progressed = () => {
    const gained = sink.length() > best;
    best = Math.max(best, sink.length());
    return gained;
  };
  options.onLength?.(sink.length());
  await withRetries(
    async () => {
      if (sink.length() < source.sizeBytes) await fetchRest(url, source, sink, options);
    },
    options,
    progressed,
  );
  await sink.finish();
}

async function fetchRest(
  url: string,
  source: SourceFile,
  sink: ByteSink,
  options: FetchFileOptions,
): Promise<void> {
  const connection = watchedConnection(options.clock, options.signal);
  try {
    const response = await ask(options.fetch, url, {
      signal: connection.signal,
      headers: rangeFrom(sink.length()),
    });
    connection.alive();
    await accept(response, source, sink);
    await pour(response, source, sink, () => {
      connection.alive();
      options.onLength?.(sink.length());
    });
  } catch (error) {
    throw connection.isSilent()
      ? new Retry(new AppError('download-failed', 'The connection went silent.'))
      : error;
  } finally {
    // Lets go of the rest when the body was not read to its end.
    connection.close();
  }
}

/** A signal that aborts with `outer`, when closed, and when `alive()` was not called for `stallMs`. */
function watchedConnection(clock: Clock, outer: AbortSignal) {
  const controller = new AbortController();
  const signal = AbortSignal.any([outer, controller.signal]);
  let lastSignMs = clock.now();
  let silent = false;
  const watch = async () => {
    while (!silent) {
      await clock.sleep(lastSignMs + stallMs - clock.now(), signal);
      silent = clock.now() - lastSignMs >= stallMs;
    }
    controller.abort(abortError());
  };
  // Only ever ends by the abort that ends the connection.
  watch().catch(() => undefined);
  return {
    signal,
    alive: () => {
      lastSignMs = clock.now();
    },
    isSilent: () => silent,
    close: () => controller.abort(abortError()),
  };
}

const rangeFrom = (offset: number): Record<string, string> =>
  offset > 0 ? { Range: `bytes=${offset}-` } : {};

/** Makes sure that the body continues what the sink has, or makes the sink begin again. */
async function accept(response: Response, source: SourceFile, sink: ByteSink): Promise<void> {
  if (/^text\/html/i.test(response.headers.get('content-type') ?? '')) {
    throw new AppError('file-corrupt', `A web page came instead of ${source.path}.`);
  }
  // Weak and strong tags differ between servers that hold the same bytes.
  const etag = response.headers.get('etag')?.replace(/^W\//, '') ?? null;
  if (response.status === 200) {
    refuseLonger(Number(response.headers.get('content-length') ?? 0), source);
    return sink.restart(etag);
  }
  const known = sink.etag();
  const [, start, total] = /^bytes (\d+)-\d+\/(\d+)$/.exec(response.headers.get('content-range') ?? '') ?? [];
  const continues = start === undefined || Number(start) === sink.length();
  const same = known === null || etag === null || known === etag;
  if (response.status === 206 && continues && same) return refuseLonger(Number(total ?? 0), source);
  await sink.restart(null);
  throw new Retry(
    new AppError('file-corrupt', `${source.path} changed on the server while it was fetched.`),
    0,
  );
}

/** `Content-Length` is that of the compressed body where there is one, which web pages are not told: only too much is certain. */
function refuseLonger(total: number, { path, sizeBytes }: SourceFile): void {
  if (total > sizeBytes) {
    throw new AppError('file-corrupt', `${path} has ${total} bytes on the server instead of ${sizeBytes}.`);
  }
}

async function pour(
  response: Response,
  { path, sizeBytes }: SourceFile,
  sink: ByteSink,
  onPart: () => void,
): Promise<void> {
  const reader = response.body!.getReader();
  let receivedBytes = 0;
  for (;;) {
    const part = await reader.read().catch((cause: unknown) => {
      throw isAbort(cause) ? cause : unreachable(response.url, cause);
    });
    if (part.done) break;
    receivedBytes += part.value.length;
    await sink.append(part.value);
    onPart();
  }
  if (sink.length() >= sizeBytes) return;
  const ended = `${path} ended after ${sink.length()} of ${sizeBytes} bytes`;
  const complete = receivedBytes === Number(response.headers.get('content-length') ?? Number.NaN);
  if (complete) throw new AppError('file-corrupt', `${ended}: it is another file on the server.`);
  throw new Retry(new AppError('download-failed', `${ended}.`));
}
