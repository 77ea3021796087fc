import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { answerUpgrades } from './relay-upgrades.ts';

let server: Server;
let port: number;

/** Tells what it was asked, so that a test sees that a request came through whole. */
function echo(request: IncomingMessage, response: ServerResponse): void {
  const parts: Buffer[] = [];
  request.on('data', (part: Buffer) => parts.push(part));
  request.on('end', () => {
    const { method, url, headers } = request;
    const body = Buffer.concat(parts).toString('latin1');
    const said = Buffer.from(JSON.stringify({ method, url, body, headers }), 'latin1');
    response.end(method === 'HEAD' ? undefined : said);
  });
}

beforeEach(async () => {
  server = createServer({ connectionsCheckingInterval: 20 }, echo);
  answerUpgrades(server, ({ url }) =>
    url === '/ours' ? (_request, socket) => void socket.end('HTTP/1.1 101 Ours\r\n\r\n') : undefined,
  );
  expect(server.requestTimeout).toBeLessThanOrEqual(60_000);
  server.requestTimeout = server.headersTimeout = 200;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
});

afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

/** What comes back until the server closes the connection. Each part is sent when the one before has been handed on. */
function send(...parts: readonly (string | Buffer)[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1' });
    let answer = '';
    socket.on('data', (data) => (answer += data.toString('latin1')));
    socket.on('close', () => resolve(answer));
    socket.on('error', reject);
    const next = (index: number): void => {
      if (index < parts.length) socket.write(parts[index]!, () => setImmediate(next, index + 1));
    };
    next(0);
  });
}

const offers = [
  'Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA',
  'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13',
  'Connection: keep-alive, upgrade\r\nUpgrade: TLS/1.2',
  'connection: UPGRADE\r\nupgrade: something/new, h2c',
];
const jsonOf = (answer: string) =>
  JSON.parse(answer.slice(answer.indexOf('{'), answer.lastIndexOf('}') + 1)) as Record<string, unknown>;
const last = 'GET /last HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n';

for (const offer of offers) {
  for (const method of ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH']) {
    test(`${method} with the offer of ${/upgrade: (.*)/i.exec(offer)![1]} is answered over HTTP/1.1`, async () => {
      const answer = await send(`${method} /a?b HTTP/1.1\r\nHost: x\r\n${offer}\r\n\r\n`, last);
      expect(answer.match(/HTTP\/1\.1 200 OK/g)).toHaveLength(2);
    });
  }
}

test('what was sent with an offer comes through: its body in pieces, its other headers, and the next request', async () => {
  const head = `POST /generate HTTP/1.1\r\nHost: x\r\nX-Own: é\r\n${offers[0]}\r\nContent-Length: 6\r\n\r\n`;
  const [first, second] = (await send(Buffer.from(head + 'ab', 'latin1'), 'cd', 'ef' + last)).split(
    /(?=HTTP\/1.1 200 OK)/,
  );
  const { method, body, headers } = jsonOf(first!);
  expect({ method, body, own: (headers as Record<string, string>)['x-own'] }).toEqual({
    ...{ method: 'POST', body: 'abcdef', own: 'é' },
  });
  expect(headers).not.toHaveProperty('upgrade');
  expect(jsonOf(second!)['url']).toBe('/last');
});

test('a body in chunks comes through as well', async () => {
  const head = `POST /a HTTP/1.1\r\nHost: x\r\n${offers[0]}\r\nTransfer-Encoding: chunked\r\n\r\n`;
  const answer = await send(head, '3\r\nabc\r\n', '0\r\n\r\n', last);
  expect(jsonOf(answer.split(/(?=HTTP\/1.1 200 OK)/)[0]!)['body']).toBe('abc');
});

test('an offer with the wish to close is answered and closed', async () => {
  const answer = await send(
    'GET /a HTTP/1.1\r\nHost: x\r\nConnection: close, Upgrade\r\nUpgrade: h2c\r\n\r\n',
  );
  expect(answer).toMatch(/^HTTP\/1.1 200 OK[^]*connection: close/i);
});

test('an offer to whom it is ours is taken', async () => {
  expect(await send(`GET /ours HTTP/1.1\r\nHost: x\r\n${offers[1]}\r\n\r\n`)).toMatch(/^HTTP\/1.1 101 Ours/);
});

test('CONNECT is refused in words', async () => {
  expect(await send('CONNECT x:443 HTTP/1.1\r\nHost: x:443\r\n\r\n')).toMatch(/^HTTP\/1.1 405 /);
});

const whole = `POST /a HTTP/1.1\r\nHost: x\r\n${offers[0]}\r\nContent-Length: 6\r\n\r\nabc`;
for (const [what, part] of [
  ['half a request line', 'PO'],
  ['half its headers', whole.slice(0, 40)],
  ['half its body', whole],
] as const) {
  test(`who sends ${what} and no more is told 408 and let go`, async () => {
    expect(await send(part)).toMatch(/^HTTP\/1.1 408 /);
  });
}
