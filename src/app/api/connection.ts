/** Takes requests from whoever brings them and hands the answers back, bit by bit. One connection for each transport. */
import type { FromApiPage, ToApiPage } from '../../engine/api-protocol.ts';
import { abortError } from '../../engine/rpc.ts';
import type { Answerer } from './answer.ts';
import type { Reply, ReplyBody } from './waiting.ts';

export interface Transport {
  send(message: FromApiPage): void;
  /** Passes a part of an answer on; resolves when there is room for the next. */
  sendChunk(id: string, chunk: string | Blob, signal: AbortSignal): Promise<void>;
}

export type ConnectionAnswerer = Pick<Answerer, 'answer'>;

export interface Connection {
  take(message: ToApiPage): void;
  /** The transport is gone: so are all its clients. */
  close(): void;
}

interface Open {
  readonly gone: AbortController;
  readonly detached: AbortController;
}

export function createConnection({ answer }: ConnectionAnswerer, transport: Transport): Connection {
  const open = new Map<string, Open>();

  const serve = async ({ id, request, early }: Extract<ToApiPage, { type: 'request' }>) => {
    const entry = { gone: new AbortController(), detached: new AbortController() };
    open.set(id, entry);
    const { signal } = entry.gone;
    try {
      const onJob = (jobId: string) => transport.send({ type: 'job', id, jobId });
      const reply = await answer(request, { signal, detach: entry.detached.signal, early, onJob });
      if (!signal.aborted && !entry.detached.signal.aborted) await deliver(transport, id, reply, signal);
    } finally {
      open.delete(id);
    }
  };
  return {
    take: (message) => {
      if (message.type === 'request') void serve(message);
      if (message.type === 'cancel') open.get(message.id)?.gone.abort(abortError());
      if (message.type === 'detach') open.get(message.id)?.detached.abort(abortError());
    },
    close: () => open.forEach(({ gone }) => gone.abort(abortError())),
  };
}

async function deliver(transport: Transport, id: string, reply: Reply, signal: AbortSignal): Promise<void> {
  const { status, headers, body } = reply;
  transport.send({ type: 'head', id, status, headers: { ...lengthOf(body), ...headers } });
  try {
    for await (const chunk of partsOf(body)) {
      signal.throwIfAborted();
      await transport.sendChunk(id, chunk, signal);
    }
    transport.send({ type: 'end', id });
  } catch {
    // The head is out; a body that breaks off is all that can still be told.
    transport.send({ type: 'failed', id });
  }
}

function lengthOf(body: ReplyBody): Record<string, string> {
  return body instanceof Blob ? { 'content-length': String(body.size) } : {};
}

async function* partsOf(body: ReplyBody): AsyncGenerator<string | Blob> {
  if (typeof body === 'string' || body instanceof Blob) {
    if (body !== '') yield body;
  } else {
    yield* body;
  }
}
