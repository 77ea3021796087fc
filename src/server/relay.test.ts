import { createServer, request as httpRequest, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type { FromApiPage, ToApiPage } from '../engine/api-protocol.ts';
import { addressHeader, maxBodyBytes } from '../domain/api/http.ts';
import { createAdmission } from './admission.ts';
import { createPairing, newCode } from './pairing.ts';
import { relayRequests, sendNotFound } from './relay.ts';

let server: Server;
let port: number;
let tabs: WebSocket[];

beforeEach(async () => {
  tabs = [];
  server = createServer((request, response) =>
    relay(request, response, () => sendNotFound(request, response)),
  );
  const relay = relayRequests(
    server,
    {
      host: 'localhost',
      allowHosts: ['studio.lan'],
      allowOrigins: ['https://example.org'],
    },
    createAdmission(createPairing({ nowMs: () => 0, newCode }), 'never'),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
});

afterEach(async () => {
  tabs.forEach((tab) => tab.terminate());
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly text: string;
}

function ask(
  method: string,
  path: string,
  body: string | Buffer = '',
  headers: Record<string, string> = {},
): Promise<Answer> & { abort: () => void } {
  const type = { 'content-type': 'application/json' };
  const sent = httpRequest({ host: '127.0.0.1', port, method, path, headers: { ...type, ...headers } });
  const answer = new Promise<Answer>((resolve, reject) => {
    sent.on('error', reject);
    sent.on('response', (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('error', reject);
      response.on('end', () =>
        resolve({
          status: response.statusCode!,
          headers: response.headers,
          text: Buffer.concat(parts).toString(),
        }),
      );
    });
  });
  sent.end(body);
  return Object.assign(answer, { abort: () => sent.destroy() });
}

/** A tab whose page is played by the test. */
async function openTab(headers: Record<string, string> = { origin: `http://127.0.0.1:${port}` }) {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/api-relay`, { headers });
  tabs.push(socket);
  const messages: ToApiPage[] = [];
  socket.on('message', (data) => messages.push(JSON.parse((data as Buffer).toString()) as ToApiPage));
  await new Promise((resolve, reject) => socket.on('open', resolve).on('error', reject));
  return {
    socket,
    messages,
    send: (message: FromApiPage) => socket.send(JSON.stringify(message)),
    sendBytes: (id: string, bytes: string) => socket.send(Buffer.from(id + bytes)),
    next: async <T extends ToApiPage['type']>(type: T) => {
      await expect.poll(() => messages.some((message) => message.type === type)).toBe(true);
      const index = messages.findIndex((message) => message.type === type);
      return messages.splice(index, 1)[0] as Extract<ToApiPage, { type: T }>;
    },
  };
}

test('without a tab: healthy, but nobody to draw, and how to change that', async () => {
  expect(JSON.parse((await ask('GET', '/health')).text)).toEqual({
    status: 'healthy',
    model_loaded: false,
    device: 'not set',
  });
  const { status, text } = await ask('POST', '/generate', '{"prompt":"a"}');
  expect(status).toBe(503);
  expect(JSON.parse(text)).toMatchObject({ detail: 'Model not loaded yet' });
  expect(text).toContain(`Open http://127.0.0.1:${port}/`);
  expect(text).toContain('npm start -- --headless');
});

test('a request goes to the tab, and what the tab says comes back, in pieces as they are taken', async () => {
  const tab = await openTab();
  const answer = ask('POST', '/generate?x=1', '{"prompt":"é🙂"}', { prefer: 'respond-async' });
  const { id, request, early } = await tab.next('request');
  expect(request).toMatchObject({ method: 'POST', path: '/generate', query: 'x=1' });
  expect(request.body).toEqual({ text: '{"prompt":"é🙂"}' });
  expect(request.headers).toMatchObject({ prefer: 'respond-async', 'content-type': 'application/json' });
  expect(early).toBe(false);
  tab.send({ type: 'head', id, status: 200, headers: { 'content-type': 'image/png', 'x-seed': '7' } });
  tab.sendBytes(id, 'first ');
  await tab.next('more');
  tab.sendBytes(id, 'second');
  await tab.next('more');
  tab.send({ type: 'end', id });
  const { status, headers, text } = await answer;
  expect([status, text, headers['x-seed']]).toEqual([200, 'first second', '7']);
});

test('the tab is told from where a request came, whatever the client says of that', async () => {
  const tab = await openTab();
  const answer = ask('GET', '/jobs', '', { [addressHeader]: '10.0.0.1' });
  const asked = await tab.next('request');
  expect(asked.request.headers[addressHeader]).toMatch(/127\.0\.0\.1$/);
  answer.abort();
  await expect(answer).rejects.toThrow();
});

test('a client that goes away cancels', async () => {
  const tab = await openTab();
  const answer = ask('POST', '/generate', '{"prompt":"a"}');
  const gone = expect(answer).rejects.toThrow();
  const { id } = await tab.next('request');
  answer.abort();
  expect(await tab.next('cancel')).toEqual({ type: 'cancel', id });
  await gone;
});

test('a tab that closes is told to those who wait; the next tab takes over', async () => {
  const first = await openTab();
  const second = await openTab();
  const answer = ask('POST', '/generate', '{"prompt":"a"}');
  await first.next('request');
  first.socket.terminate();
  expect((await answer).status).toBe(503);
  void ask('POST', '/generate', '{"prompt":"b"}').catch(() => undefined);
  expect((await second.next('request')).request.body).toEqual({ text: '{"prompt":"b"}' });
});

test('a body that breaks off in the tab breaks off for the client', async () => {
  const tab = await openTab();
  const answer = ask('POST', '/generate', '{"prompt":"a"}');
  const { id } = await tab.next('request');
  tab.send({ type: 'head', id, status: 200, headers: {} });
  tab.send({ type: 'failed', id });
  await expect(answer).rejects.toThrow();
});

test('what is wrong with a request is told without the tab', async () => {
  const tab = await openTab();
  const status = async (...given: Parameters<typeof ask>) => (await ask(...given)).status;
  expect(await status('POST', '/generate', '{')).toBe(422);
  expect(await status('POST', '/generate', Buffer.from([0x80, 0x81]))).toBe(400);
  expect(await status('POST', '/generate-video', '{"scenes":["a"]}')).toBe(400);
  expect(await status('GET', '/generate')).toBe(405);
  expect(await status('OPTIONS', '/generate')).toBe(204);
  expect(await status('POST', '/generate', 'x'.repeat(maxBodyBytes + 1))).toBe(413);
  expect(await status('POST', '/generate', 'x'.repeat(20_000_000))).toBe(413);
  expect(await status('GET', '/nothing')).toBe(404);
  expect(await status('POST', '/')).toBe(405);
  expect(tab.messages).toEqual([]);
});

test('other sites are refused, whatever they try', async () => {
  await openTab();
  const status = async (headers: Record<string, string>, path = '/health') =>
    (await ask('GET', path, '', headers)).status;
  expect(await status({ origin: 'https://evil.test' })).toBe(403);
  expect(await status({ origin: 'null' })).toBe(403);
  expect(await status({ origin: `http://localhost:${port + 1}` })).toBe(403);
  expect(await status({ 'sec-fetch-site': 'cross-site' })).toBe(403);
  expect(await status({ 'sec-fetch-site': 'same-site' })).toBe(403);
  expect(await status({ host: 'evil.test' })).toBe(403);
  expect(await status({ host: 'evil.test' }, '/index.html')).toBe(403);
  await expect(openTab({ origin: 'https://evil.test' })).rejects.toThrow('403');
  await expect(openTab({ origin: 'https://evil.test', host: 'evil.test' })).rejects.toThrow('403');
  const allowed = ask('GET', '/health', '', {
    origin: `http://127.0.0.1:${port}`,
    'sec-fetch-site': 'same-origin',
  });
  const tab = tabs[0]!;
  tab.once('message', (data) => {
    const { id } = JSON.parse((data as Buffer).toString()) as { id: string };
    tab.send(JSON.stringify({ type: 'head', id, status: 200, headers: {} }));
    tab.send(JSON.stringify({ type: 'end', id }));
  });
  expect((await allowed).status).toBe(200);
});

test('no other origin is told anything: no CORS headers', async () => {
  const { headers } = await ask('OPTIONS', '/generate', '', { 'access-control-request-method': 'POST' });
  expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
});

test('a name that was allowed is its own; another is told how to be', async () => {
  const named = (host: string) => ask('GET', '/health', '', { host: `${host}:8000` });
  expect((await named('studio.lan')).status).toBe(200);
  const other = await named('box.lan');
  expect(other.status).toBe(403);
  expect(other.text).toContain('npm start -- --allow-host box.lan');
});

test('a script of a site that was allowed may ask and read; of another it is told how to be', async () => {
  const of = (origin: string, more: Record<string, string> = {}) => ({
    origin,
    'sec-fetch-site': 'cross-site',
    ...more,
  });
  const asked = of('https://example.org', {
    'access-control-request-method': 'POST',
    'access-control-request-headers': 'content-type',
  });
  const preflight = await ask('OPTIONS', '/generate', '', asked);
  expect(preflight.status).toBe(204);
  expect(preflight.headers).toMatchObject({
    'access-control-allow-origin': 'https://example.org',
    'access-control-allow-methods': expect.stringContaining('POST') as string,
    'access-control-allow-headers': 'content-type',
    vary: 'Origin',
  });
  const answer = await ask('GET', '/health', '', of('https://example.org'));
  expect(answer.status).toBe(200);
  expect(answer.headers['access-control-allow-origin']).toBe('https://example.org');
  const refused = await ask('GET', '/health', '', of('https://other.example'));
  expect(refused.status).toBe(403);
  expect(refused.headers['access-control-allow-origin']).toBeUndefined();
  expect(refused.text).toContain('npm start -- --allow-origin https://other.example');
});

test('a page of an allowed site is no tab that draws', async () => {
  await expect(openTab({ origin: 'https://example.org' })).rejects.toThrow('403');
});
