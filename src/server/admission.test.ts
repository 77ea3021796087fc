import { request as httpRequest, createServer, type IncomingMessage, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { clientOf, createAdmission, isOwnMachine, type Admission } from './admission.ts';
import { createPairing, type Pairing } from './pairing.ts';
import { relayRequests, sendNotFound } from './relay.ts';

let server: Server;
let port: number;
let pairing: Pairing;
let admission: Admission;

beforeEach(async () => {
  const codes = ['12345678', '87654321'];
  pairing = createPairing({ nowMs: () => 0, newCode: () => codes.shift()! });
  // As behind a proxy: nobody is known by where they come from.
  admission = createAdmission(pairing, 'always');
  const guests = { host: 'localhost', allowHosts: [], allowOrigins: ['https://page.example'] };
  server = createServer((request, response) =>
    relay(request, response, () => sendNotFound(request, response)),
  );
  const relay = relayRequests(server, guests, admission);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
});

afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

type Headers = Record<string, string | string[]>;

function ask(method: string, path: string, body = '', headers: Headers = {}) {
  return new Promise<{ status: number; headers: IncomingMessage['headers']; text: string }>(
    (resolve, reject) => {
      const sent = httpRequest({ host: '127.0.0.1', port, method, path, headers }, (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('end', () =>
          resolve({
            status: response.statusCode!,
            headers: response.headers,
            text: Buffer.concat(parts).toString(),
          }),
        );
      });
      sent.on('error', reject);
      sent.end(body);
    },
  );
}

const pair = (code: string, headers?: Headers) => ask('POST', '/pair', JSON.stringify({ code }), headers);
const health = (headers?: Headers) => ask('GET', '/health', '', headers);
const bearing = (token: string) => ({ authorization: `Bearer ${token}` });

async function pairedToken(): Promise<string> {
  return (JSON.parse((await pair(pairing.code())).text) as { token: string }).token;
}

describe('a server that others reach', () => {
  it('answers who is not paired with nothing but the app’s files', async () => {
    for (const [method, path, headers] of [
      ['GET', '/', { accept: 'application/json' }],
      ['GET', '/health', {}],
      ['HEAD', '/health', {}],
      ['POST', '/generate', {}],
      ['POST', '/generate-video', {}],
      ['GET', '/generate-video/info', {}],
      ['GET', '/jobs', {}],
      ['DELETE', '/jobs/a', {}],
      ['GET', '/jobs/a/events', {}],
      ['GET', '/jobs/a/result', {}],
      ['OPTIONS', '/generate', {}],
      ['PUT', '/generate', {}],
      ['GET', '/health/', {}],
    ] as const) {
      const answer = await ask(method, path, '', headers);
      expect([method, path, answer.status]).toEqual([method, path, 401]);
      expect(answer.headers['www-authenticate']).toContain('Bearer');
    }
    // These go on to the files, of which there are none here.
    for (const path of ['/', '/index.html', '/docs', '/openapi.json']) {
      expect((await ask('GET', path)).status).toBe(404);
    }
  });

  it('gives a token for the code, however it is written, and answers who carries it', async () => {
    const { status, text, headers } = await pair(' 1234-5678 ');
    expect([status, headers['cache-control']]).toEqual([200, 'no-store']);
    const { token } = JSON.parse(text) as { token: string };
    expect((await health(bearing(token))).status).toBe(200);
    expect((await ask('POST', '/generate', '{"prompt":"a"}', bearing(token))).status).toBe(503);
  });

  it('says how long to wait after five wrong ones', async () => {
    for (let i = 0; i < 5; i++) expect((await pair('00000000')).status).toBe(403);
    const { status, headers } = await pair('12345678');
    expect([status, headers['retry-after']]).toEqual([429, '60']);
  });

  it('forgets a device that says so, and all of them only for who is on the machine', async () => {
    const [phone, tablet] = [await pairedToken(), await pairedToken()];
    expect((await ask('DELETE', '/pair')).status).toBe(401);
    expect((await ask('DELETE', '/pair', '', bearing('nobody'))).status).toBe(401);
    expect((await ask('DELETE', '/pair', '', bearing(phone))).status).toBe(204);
    expect((await health(bearing(phone))).status).toBe(401);
    expect((await health(bearing(tablet))).status).toBe(200);
    const own = await ask('GET', `/?${admission.drawerQuery}`);
    const cookie = own.headers['set-cookie']![0]!;
    expect(cookie).toMatch(/HttpOnly; SameSite=Strict/);
    expect((await ask('DELETE', '/pair', '', { cookie: cookie.split(';')[0]! })).status).toBe(204);
    expect((await health(bearing(tablet))).status).toBe(401);
    expect((await pair('12345678')).status).toBe(403);
  });

  it('reads hostile headers as no token', async () => {
    const token = await pairedToken();
    for (const authorization of [
      token,
      'Bearer',
      'Bearer ',
      `Basic ${token}`,
      `Bearer ${token}, Bearer ${token}`,
      `Bearer ${token}\u00a0`,
      `Bearer ${'a'.repeat(10_000)}`,
      'Bearer __proto__',
      'Bearer %00',
    ]) {
      expect((await health({ authorization })).status).toBe(401);
    }
    for (const name of ['x-forwarded-for', 'x-real-ip', 'forwarded', 'x-original-host', 'cookie']) {
      expect((await health({ [name]: ['127.0.0.1', '::1', 'for=127.0.0.1'] })).status).toBe(401);
    }
    expect((await health({ cookie: `zoetrope-${port}=; zoetrope-${port}=x` })).status).toBe(401);
    expect((await ask('GET', `/?key=`)).headers['set-cookie']).toBeUndefined();
    expect((await ask('GET', `/?key=${'0'.repeat(32)}`)).headers['set-cookie']).toBeUndefined();
  });

  it('takes no code but a short text in JSON', async () => {
    for (const body of ['', '{', 'null', '12345678', '{"code":12345678}', '{"code":["12345678"]}', '[]']) {
      expect((await ask('POST', '/pair', body)).status).toBe(422);
    }
    expect((await ask('POST', '/pair', `{"code":"${'1'.repeat(2000)}"}`)).status).toBe(413);
    expect((await ask('GET', '/pair')).status).toBe(405);
    expect((await pair('12345678')).status).toBe(200);
  });

  it('answers half a request without waiting for the rest, and goes on after one that is cut', async () => {
    const half = (head: string) =>
      new Promise<string>((resolve, reject) => {
        const socket = connect(port, '127.0.0.1');
        socket.on('error', reject);
        socket.write(`${head}\r\nHost: localhost\r\nContent-Length: 900000\r\n\r\n{"prompt":`);
        socket.once('data', (data: Buffer) => {
          resolve(data.toString());
          socket.destroy();
        });
      });
    expect(await half('POST /generate HTTP/1.1')).toContain('401');
    const cut = connect(port, '127.0.0.1');
    cut.on('error', () => undefined);
    await new Promise<void>((resolve) =>
      cut.write('POST /pair HTTP/1.1\r\nHost: localhost\r\nContent-Length: 21\r\n\r\n{"co', () => resolve()),
    );
    cut.destroy();
    expect((await pair('12345678')).status).toBe(200);
  });

  it('lets only pages of sites that were allowed pair, and tells their browsers', async () => {
    const of = (origin: string) => ({ origin, 'sec-fetch-site': 'cross-site' });
    expect((await pair('12345678', of('https://evil.example'))).status).toBe(403);
    const preflight = await ask('OPTIONS', '/pair', '', {
      ...of('https://page.example'),
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization,content-type',
    });
    expect(preflight.headers['access-control-allow-headers']).toBe('authorization,content-type');
    const answer = await pair('12345678', of('https://page.example'));
    expect(answer.status).toBe(200);
    expect(answer.headers['access-control-allow-origin']).toBe('https://page.example');
    const { token } = JSON.parse(answer.text) as { token: string };
    const refused = await health({ ...of('https://page.example'), ...bearing('x') });
    expect([refused.status, refused.headers['access-control-allow-origin']]).toEqual([
      401,
      'https://page.example',
    ]);
    expect((await health({ ...of('https://page.example'), ...bearing(token) })).status).toBe(200);
  });

  it('lets no other device’s tab draw, be it paired', async () => {
    const token = await pairedToken();
    const open = (headers: Record<string, string>) =>
      new Promise<number>((resolve) => {
        const socket = new WebSocket(`ws://127.0.0.1:${port}/api-relay`, { headers });
        socket
          .on('open', () => {
            resolve(101);
            socket.terminate();
          })
          .on('unexpected-response', (_, { statusCode }) => resolve(statusCode!));
        socket.on('error', () => undefined);
      });
    const origin = `http://127.0.0.1:${port}`;
    expect(await open({ origin })).toBe(403);
    expect(await open({ origin, ...bearing(token) })).toBe(403);
    const page = await ask('GET', `/?${admission.drawerQuery}`);
    expect(page.headers['server-timing']).toBe('zoetrope-relay');
    expect((await ask('GET', '/')).headers['server-timing']).toBe('pairing-needed');
    const cookie = page.headers['set-cookie']![0]!.split(';')[0]!;
    expect(await open({ origin, cookie })).toBe(101);
    expect(await open({ origin: 'http://evil.example', cookie })).toBe(403);
  });
});

it('knows this machine by both ends of the connection, not by what is claimed', () => {
  const is = (remoteAddress: string | undefined, host: string, localAddress = '192.168.1.5', more = {}) =>
    isOwnMachine({ socket: { remoteAddress, localAddress }, headers: { host, ...more } });
  for (const address of ['127.0.0.1', '::1', '::ffff:127.0.0.1', '127.8.9.1']) {
    expect(is(address, 'localhost:8000')).toBe(true);
    expect(is(address, '[::1]:8000')).toBe(true);
  }
  expect(is('192.168.1.5', '192.168.1.5:8000')).toBe(true);
  expect(is('192.168.1.9', 'localhost:8000')).toBe(false);
  expect(is('192.168.1.9', '192.168.1.5:8000')).toBe(false);
  expect(is(undefined, 'localhost', '')).toBe(false);
  // A proxy of this machine that passes on the name that it goes by, or says for whom it asks.
  expect(is('127.0.0.1', 'studio.lan')).toBe(false);
  for (const name of ['x-forwarded-for', 'forwarded', 'via', 'x-real-ip']) {
    expect(is('127.0.0.1', 'localhost', '127.0.0.1', { [name]: '' })).toBe(false);
  }
});

it('counts the tries of a household with one IPv6 network together', () => {
  expect(clientOf('2001:db8:1:2:3:4:5:6')).toBe(clientOf('2001:db8:1:2:ffff::1'));
  expect(clientOf('::ffff:10.0.0.1')).toBe('10.0.0.1');
  expect(clientOf('10.0.0.1')).not.toBe(clientOf('10.0.0.2'));
});
