import type { FromApiPage, ToApiPage } from '../../engine/api-protocol.ts';
import { createConnection, type ConnectionAnswerer } from './connection.ts';

/** Answers what the service worker brings. Returns what ends that. */
export function serveChannel(answerer: ConnectionAnswerer, channelName: string): () => void {
  const channel = new BroadcastChannel(channelName);
  const send = (message: FromApiPage) => channel.postMessage(message);
  const connection = createConnection(answerer, {
    send,
    // A file is passed on by reference: there is nothing to wait for.
    sendChunk: (id, chunk) => {
      send({ type: 'chunk', id, chunk });
      return Promise.resolve();
    },
  });
  channel.onmessage = ({ data }) => connection.take(data as ToApiPage);
  return () => {
    connection.close();
    channel.close();
  };
}
