/** One request, brought to the page that answers. */
import type { ApiAnswer, ApiRequest } from '../domain/api/http.ts';
import type { FromApiPage, ToApiPage } from '../engine/api-protocol.ts';
import { bodyStream } from './body-stream.ts';
import { leaderGone } from './find-leader.ts';

export interface Question {
  readonly request: ApiRequest;
  readonly channelName: string;
  readonly early: boolean;
  /** After so long without the beginning of an answer the client must be told something. */
  readonly patienceMs: number;
  readonly clientGone: () => Promise<boolean>;
}

export type PageAnswer =
  | ({ readonly kind: 'answer' } & ApiAnswer<ReadableStream<Uint8Array>>)
  | { readonly kind: 'page-closed' | 'client-gone' }
  | { readonly kind: 'out-of-patience'; readonly jobId: string | undefined };

const lookMs = 1000;

/** Settles when the answer begins, or when there will be none; the body then comes by itself. */
export function askPage({
  request,
  channelName,
  early,
  patienceMs,
  clientGone,
}: Question): Promise<PageAnswer> {
  const id = crypto.randomUUID();
  const channel = new BroadcastChannel(channelName);
  const send = (message: ToApiPage) => channel.postMessage(message);
  const over = new AbortController();
  const body = bodyStream(() => {
    send({ type: 'cancel', id });
    over.abort();
  });
  let jobId: string | undefined;

  return new Promise((resolve) => {
    const settle = (answer: PageAnswer) => {
      resolve(answer);
      clearTimeout(patience);
      clearInterval(look);
    };
    const giveUp = (type: 'cancel' | 'detach', answer: PageAnswer) => {
      send({ type, id });
      settle(answer);
      over.abort();
    };
    const patience = setTimeout(
      () => giveUp(early ? 'cancel' : 'detach', { kind: 'out-of-patience', jobId }),
      patienceMs,
    );
    const look = setInterval(() => {
      void clientGone().then((gone) => gone && giveUp('cancel', { kind: 'client-gone' }));
    }, lookMs);
    over.signal.addEventListener('abort', () => channel.close());

    channel.onmessage = ({ data }) => {
      const message = data as FromApiPage;
      if (message.id !== id) return;
      if (message.type === 'job') jobId = message.jobId;
      if (message.type === 'head') {
        const { status, headers } = message;
        settle({ kind: 'answer', status, headers, body: body.stream });
      }
      if (message.type === 'chunk') body.add(message.chunk ?? '');
      if (message.type === 'end' || message.type === 'failed') {
        body.end(message.type === 'end');
        over.abort();
      }
    };
    leaderGone(channelName, over.signal).then(
      () => {
        body.end(false);
        settle({ kind: 'page-closed' });
        over.abort();
      },
      () => undefined, // It is over otherwise.
    );
    send({ type: 'request', id, request, early });
  });
}
