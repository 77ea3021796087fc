/**
 * Stands in Firefox's place for Playwright: starts the Firefox that `FIREFOX_PATH` names with the same arguments, and hands every message on, but for
 * those commands of WebDriver BiDi that Playwright always sends and Debian's ESR does not know yet: they are answered as done. Media features
 * (dark, reduced motion) are set by preferences there.
 */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { AddressInfo } from 'node:net';
import { WebSocket, WebSocketServer, type RawData } from 'ws';

/** https://w3c.github.io/webdriver-bidi/#command-emulation-setMediaFeaturesOverride */
const unknownYet: readonly string[] = ['emulation.setMediaFeaturesOverride'];

const largestMessageBytes = 2 ** 30;
const firefox = spawn(process.env['FIREFOX_PATH'] ?? 'firefox-esr', process.argv.slice(2), {
  stdio: ['ignore', 'inherit', 'pipe'],
});
const listening = /WebDriver BiDi listening on (ws:\/\/\S+)/;

createInterface(firefox.stderr).on('line', (line) => {
  const address = listening.exec(line)?.[1];
  if (address === undefined) process.stderr.write(`${line}\n`);
  else void standBefore(address).then((own) => process.stderr.write(`${line.replace(address, own)}\n`));
});
firefox.on('exit', (code) => process.exit(code ?? 1));
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => firefox.kill(signal));

async function standBefore(address: string): Promise<string> {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0, maxPayload: largestMessageBytes });
  await new Promise((resolve) => server.once('listening', resolve));
  server.on('connection', (playwright, request) => handOn(playwright, `${address}${request.url ?? ''}`));
  return `ws://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function handOn(playwright: WebSocket, address: string): void {
  const browser = new WebSocket(address, { perMessageDeflate: false, maxPayload: largestMessageBytes });
  const opened = new Promise((resolve) => browser.once('open', resolve));
  playwright.on('message', (data) => {
    const { id, method } = JSON.parse(textOf(data)) as { id: number; method: string };
    if (unknownYet.includes(method)) playwright.send(JSON.stringify({ type: 'success', id, result: {} }));
    else void opened.then(() => browser.send(textOf(data)));
  });
  browser.on('message', (data) => playwright.send(textOf(data)));
  browser.on('close', () => playwright.close());
  playwright.on('close', () => browser.close());
}

const textOf = (data: RawData) => (data as Buffer).toString('utf8');
