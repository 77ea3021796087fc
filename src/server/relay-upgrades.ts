/**
 * Requests that offer to change the protocol, as `curl --http2` (h2c) and Java's HttpClient do with their first one. A server may go on with
 * HTTP/1.1 as if nothing had been offered (RFC 9110, 7.8), but Node leaves all of them to whoever listens to `upgrade`, and their sockets
 * wait for ever where nobody takes them (https://github.com/nodejs/node/issues/57054).
 */
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { TLSSocket } from 'node:tls';

/** Who has not sent a whole request by then is told so (408). The answer may take as long as it takes. */
const requestTimeoutMs = 60_000;

export type UpgradeHandler = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

/**
 * `handlerOf`: who takes the upgrade; undefined answers the request as an ordinary one. Upgrades that Vite takes itself while developing are
 * left to it.
 */
export function answerUpgrades(
  server: Server,
  handlerOf: (request: IncomingMessage) => UpgradeHandler | undefined,
): void {
  server.requestTimeout = requestTimeoutMs;
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    if (isVites(request)) return;
    const handler = handlerOf(request) ?? ((asked, on, rest) => answerPlainly(server, asked, on, rest));
    handler(request, socket, head);
  });
  // Without a listener Node cuts the connection without a word.
  server.on('connect', (_request: IncomingMessage, socket: Duplex) => {
    socket.on('error', () => socket.destroy());
    socket.end(`HTTP/1.1 405 Method Not Allowed\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
  });
}

export const wantsWebSocket = ({ method, headers }: IncomingMessage) =>
  method === 'GET' && headers.upgrade?.toLowerCase() === 'websocket';

/** Gives the server the same request again, as on a new connection, without the offer: its body then comes as any other. */
function answerPlainly(server: Server, request: IncomingMessage, socket: Duplex, head: Buffer): void {
  socket.unshift(Buffer.concat([Buffer.from(withoutOffer(request), 'latin1'), head]));
  // Of a server with TLS `connection` is the socket below.
  server.emit(socket instanceof TLSSocket ? 'secureConnection' : 'connection', socket);
}

/** Headers that only speak of this connection's change; `Connection` may also say that the connection is to be closed. */
const ofTheOffer = ['upgrade', 'http2-settings', 'connection'];

function withoutOffer({ method, url, httpVersion, rawHeaders, headers }: IncomingMessage): string {
  const lines = [`${method} ${url} HTTP/${httpVersion}`];
  for (let i = 0; i < rawHeaders.length; i += 2) {
    if (!ofTheOffer.includes(rawHeaders[i]!.toLowerCase()))
      lines.push(`${rawHeaders[i]}: ${rawHeaders[i + 1]}`);
  }
  if (/\bclose\b/i.test(headers.connection ?? '')) lines.push('Connection: close');
  return `${lines.join('\r\n')}\r\n\r\n`;
}

/** https://github.com/vitejs/vite/blob/main/packages/vite/src/node/server/ws.ts: `vite-hmr`, and `vite-ping` of a page that waits for it. */
const isVites = ({ headers }: IncomingMessage) =>
  (headers['sec-websocket-protocol'] ?? '').startsWith('vite-');
