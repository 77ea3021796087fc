/** The open tabs that can draw, each at the other end of a WebSocket, and the answers that are on their way from them. */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { WebSocketServer, type RawData, type WebSocket } from 'ws';
import { notLoaded } from '../domain/api/errors.ts';
import type { ApiRequest } from '../domain/api/http.ts';
import { relayIdBytes, relayPath, type FromApiPage, type ToApiPage } from '../engine/api-protocol.ts';
import { answerUpgrades, wantsWebSocket, type UpgradeHandler } from './relay-upgrades.ts';

export interface Tabs {
  count(): number;
  /** By the tab that has been there longest. */
  ask(request: ApiRequest, response: ServerResponse): void;
}

interface Tab {
  readonly socket: WebSocket;
  readonly open: Map<string, ServerResponse>;
}

const maxMessageBytes = 4_000_000;

export function createTabs(server: Server, isWelcome: (request: IncomingMessage) => boolean): Tabs {
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: maxMessageBytes,
    perMessageDeflate: false,
  });
  const tabs = new Set<Tab>();

  const acceptTab: UpgradeHandler = (request, socket, head) => {
    if (!isWelcome(request)) return void socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n');
    sockets.handleUpgrade(request, socket, head, (accepted) => join(accepted));
  };
  answerUpgrades(server, (request) =>
    request.url?.split('?')[0] === relayPath && wantsWebSocket(request) ? acceptTab : undefined,
  );
  server.on('close', () => tabs.forEach(({ socket }) => socket.terminate()));

  const join = (socket: WebSocket) => {
    const tab: Tab = { socket, open: new Map() };
    tabs.add(tab);
    socket.on('message', (data, isBinary) => receive(tab, data, isBinary));
    socket.on('error', () => socket.terminate());
    socket.on('close', () => {
      tabs.delete(tab);
      tab.open.forEach(breakOff);
    });
  };
  return {
    count: () => tabs.size,
    ask: (request, response) => {
      const tab = [...tabs][0]!;
      const id = randomUUID();
      tab.open.set(id, response);
      response.on('close', () => {
        if (tab.open.delete(id) && !response.writableFinished) tell(tab, { type: 'cancel', id });
      });
      tell(tab, { type: 'request', id, request, early: false });
    },
  };
}

const tell = ({ socket }: Tab, message: ToApiPage) => socket.send(JSON.stringify(message));

function receive(tab: Tab, data: RawData, isBinary: boolean): void {
  if (isBinary) return receiveChunk(tab, data as Buffer);
  const message = JSON.parse((data as Buffer).toString('utf8')) as FromApiPage;
  const response = tab.open.get(message.id);
  if (!response) return;
  if (message.type === 'head') {
    response.writeHead(message.status, message.headers);
    response.flushHeaders();
  }
  if (message.type === 'end') response.end();
  if (message.type === 'failed') response.destroy();
}

/** The page sends the next one when this one has been passed on. */
function receiveChunk(tab: Tab, data: Buffer): void {
  const id = data.toString('latin1', 0, relayIdBytes);
  const response = tab.open.get(id);
  response?.write(data.subarray(relayIdBytes), () => tell(tab, { type: 'more', id }));
}

/** The tab is gone. */
function breakOff(response: ServerResponse): void {
  if (response.headersSent) return void response.destroy();
  const { status, headers, body } = notLoaded('The tab that was drawing was closed. Open the app again.');
  response.writeHead(status, headers).end(body);
}
