import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { get } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { connect } from 'node:tls';
import { createAdmission } from './admission.ts';
import { createPairing, newCode } from './pairing.ts';
import { serve, type Served } from './serve.ts';
import { StartRefusal, type Certificate } from './start-options.ts';

let folder: string;
const served: Served[] = [];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'zoetrope-serve-'));
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'index.html'), 'the page');
  writeFileSync(join(folder, 'docs.html'), 'the documents');
  writeFileSync(join(folder, 'assets/a-1.wasm'), 'wasm');
});

afterAll(() => rmSync(folder, { recursive: true }));

afterEach(async () => {
  for (const { server } of served.splice(0)) {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  }
});

async function start(host = '127.0.0.1', port = 0, certificate: Certificate | null = null): Promise<string> {
  const options = { headless: false, allowHosts: [], allowOrigins: [], pair: 'others' } as const;
  const admission = createAdmission(createPairing({ nowMs: () => 0, newCode }), 'others');
  const here = await serve(folder, { ...options, host, port, certificate }, admission);
  served.push(here);
  return `${certificate ? 'https' : 'http'}://127.0.0.1:${here.port}`;
}

const certificate = () => {
  const read = (name: string) => readFileSync(join(import.meta.dirname, 'test-certificate', name));
  return { cert: read('cert.pem'), key: read('key.pem') };
};

it('serves the page, pages by their short names, and files, isolated and under the content policy', async () => {
  const url = await start();
  for (const [path, text] of [
    ['/', 'the page'],
    ['/?backend=wasm', 'the page'],
    ['/docs', 'the documents'],
    ['/assets/a-1.wasm', 'wasm'],
  ] as const) {
    const answer = await fetch(url + path);
    expect(await answer.text()).toBe(text);
    expect(answer.headers.get('cross-origin-opener-policy')).toBe('same-origin');
    expect(answer.headers.get('cross-origin-embedder-policy')).toBe('require-corp');
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'self'");
  }
});

it('keeps what has a hash in its name, and asks again for all else', async () => {
  const url = await start();
  const cache = async (path: string) => (await fetch(url + path)).headers.get('cache-control');
  expect(await cache('/assets/a-1.wasm')).toContain('immutable');
  expect(await cache('/')).toBe('no-cache');
});

it('does not send what is not there or lies outside', async () => {
  const url = await start();
  for (const path of ['/nothing', '/nothing.html', '/assets/', '/%2e%2e/%2e%2e/etc/passwd']) {
    expect((await fetch(url + path)).status).toBe(404);
  }
});

it('refuses in one sentence a port that is taken and a host that does not exist', async () => {
  const { port } = new URL(await start());
  await expect(start('127.0.0.1', Number(port))).rejects.toThrow(StartRefusal);
  await expect(start('nowhere.invalid')).rejects.toThrow('no name or address of this machine');
});

it('speaks TLS with the person’s own certificate, and says so where it tells its address', async () => {
  const given = certificate();
  const url = await start('127.0.0.1', 0, given);
  const fetched = await new Promise<string>((resolve, reject) => {
    get(`${url}/`, { ca: given.cert }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => (text += part));
      response.on('end', () => resolve(text));
    }).on('error', reject);
  });
  expect(fetched).toBe('the page');
  // A request that offers another protocol is answered as any other.
  const answer = await new Promise<string>((resolve, reject) => {
    const socket = connect({ port: Number(new URL(url).port), host: '127.0.0.1', ca: given.cert });
    let text = '';
    socket.on('data', (part: Buffer) => (text += part.toString())).on('end', () => resolve(text));
    socket.on('error', reject);
    socket.write(
      'POST /generate HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade, close\r\nUpgrade: h2c\r\nContent-Length: 14\r\n\r\n{"prompt":"a"}',
    );
  });
  expect(answer).toMatch(/^HTTP\/1\.1 503/);
  expect(answer).toContain('Open https://localhost/');
});
