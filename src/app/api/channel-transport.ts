import type { FromApiPage, ToApiPage } from '../../engine/api-protocol.ts';
import { createDesk, type DeskAnswerer } from './connection.ts';

/** Answers what the service worker brings. Returns what ends that. */
export function serveChannel(answerer: DeskAnswerer, channelName: string): () => void {
  const channel = new BroadcastChannel(channelName);
  const send = (message: FromApiPage) => channel.postMessage(message);
  const desk = createDesk(answerer, {
    send,
    // A file is passed on by reference: there is nothing to wait for.
    sendChunk: (id, chunk) => {
      send({ type: 'chunk', id, chunk });
      return Promise.resolve();
    },
  });
  channel.onmessage = ({ data }) => desk.take(data as ToApiPage);
  return () => {
    desk.close();
    channel.close();
  };
}
