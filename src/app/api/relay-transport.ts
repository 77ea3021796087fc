/** Answers what the server's relay brings from the command line and from other programs. */
import { relayChunkBytes, relayPath, type FromApiPage, type ToApiPage } from '../../engine/api-protocol.ts';
import { abortError } from '../../engine/rpc.ts';
import { createConnection, type ConnectionAnswerer } from './connection.ts';

const firstDelayMs = 1000;
const longestDelayMs = 30_000;

/** Stays connected, and connects again when the server was away, until `signal` aborts. */
export function serveRelay(answerer: ConnectionAnswerer, signal: AbortSignal): void {
  const url = new URL(relayPath, location.href.replace(/^http/, 'ws'));
  let delayMs = firstDelayMs;
  const connect = () => {
    if (signal.aborted) return;
    const socket = new WebSocket(url);
    const leave = () => socket.close();
    signal.addEventListener('abort', leave, { once: true });
    socket.onopen = () => (delayMs = firstDelayMs);
    serveSocket(answerer, socket, () => {
      signal.removeEventListener('abort', leave);
      setTimeout(connect, delayMs);
      delayMs = Math.min(2 * delayMs, longestDelayMs);
    });
  };
  connect();
}

function serveSocket(answerer: ConnectionAnswerer, socket: WebSocket, onClose: () => void): void {
  const taken = new Map<string, () => void>();
  socket.binaryType = 'arraybuffer';
  const send = (message: FromApiPage) => {
    if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
  };
  const connection = createConnection(answerer, {
    send,
    sendChunk: async (id, chunk, signal) => {
      const blob = new Blob([chunk]);
      for (let at = 0; at < blob.size; at += relayChunkBytes) {
        socket.send(await new Blob([id, blob.slice(at, at + relayChunkBytes)]).arrayBuffer());
        await taking(taken, id, signal);
      }
    },
  });
  socket.onmessage = ({ data }) => {
    const message = JSON.parse(data as string) as ToApiPage;
    if (message.type === 'more') taken.get(message.id)?.();
    else connection.take(message);
  };
  socket.onclose = () => {
    connection.close();
    onClose();
  };
}

/** Resolves when the server has passed the last chunk on. */
function taking(taken: Map<string, () => void>, id: string, signal: AbortSignal): Promise<void> {
  return new Promise<void>((resolve, reject) => {
    taken.set(id, resolve);
    signal.addEventListener('abort', () => reject(abortError()), { once: true });
  }).finally(() => taken.delete(id));
}
