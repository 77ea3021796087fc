/** The ways that a request can come, each as a function from a case to what was answered. */
import type { Page } from '@playwright/test';
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { ApiCase } from './api-cases.ts';

export interface Answered {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

type Asked = Pick<ApiCase, 'method' | 'path' | 'headers' | 'body'>;

/** Through the service worker, from a script of this page. */
export async function askByFetch(page: Page, { method, path, headers, body }: Asked): Promise<Answered> {
  const answer = await page.evaluate(
    async ([path, init]) => {
      const response = await fetch(path, init);
      const bytes = new Uint8Array(await response.arrayBuffer());
      const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
      return { status: response.status, headers: Object.fromEntries(response.headers), text: btoa(text) };
    },
    [path, { method, ...(headers && { headers }), ...(body !== undefined && { body }) }] as const,
  );
  return { ...answer, body: Buffer.from(answer.text, 'base64') };
}

/** Through the relay, from the command line. */
export async function askByCurl(
  baseUrl: string,
  { method, path, headers = {}, body }: Asked,
): Promise<Answered> {
  const folder = mkdtempSync(join(tmpdir(), 'zoetrope-curl-'));
  const [head, file] = [join(folder, 'head'), join(folder, 'body')];
  const named = Object.entries(headers).flatMap(([name, value]) => ['-H', `${name}: ${value}`]);
  const how = method === 'HEAD' ? ['--head'] : ['-X', method];
  const args = ['-sS', ...how, '-D', head, '-o', file, ...named, ...(body === undefined ? [] : ['-d', '@-'])];
  try {
    const run = promisify(execFile)('curl', [...args, `${baseUrl}${path}`]);
    run.child.stdin?.end(body ?? '');
    await run;
    const answer = method === 'HEAD' || method === 'OPTIONS' ? Buffer.alloc(0) : readFileSync(file);
    return { ...readHead(readFileSync(head, 'latin1')), body: answer };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The last head: before it there may be a `100 Continue`. */
function readHead(text: string): Pick<Answered, 'status' | 'headers'> {
  const [first = '', ...lines] = text
    .trim()
    .split(/\r\n\r\n/)
    .at(-1)!
    .split('\r\n');
  const headers = lines.map((line) => /^([^:]+): *(.*)$/.exec(line) ?? ['', '', '']);
  return {
    status: Number(first.split(' ')[1]),
    headers: Object.fromEntries(headers.map(([, name, value]) => [name!.toLowerCase(), value!])),
  };
}

/** `window.zoetrope`, in the form of an answer over HTTP. */
export async function askByScript(page: Page, script: NonNullable<ApiCase['script']>): Promise<Answered> {
  const answer = await page.evaluate(async ({ call, fields }) => {
    const zoetrope = (window as unknown as { zoetrope: Record<string, (fields: unknown) => Promise<object>> })
      .zoetrope;
    try {
      const made = (await zoetrope[call]!(fields)) as Record<string, unknown>;
      const file = (made['image'] ?? made['video']) as Blob | undefined;
      const bytes = file
        ? new Uint8Array(await file.arrayBuffer())
        : new TextEncoder().encode(JSON.stringify(made));
      const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
      const named = {
        'content-disposition': `filename="${String(made['fileName'])}"`,
        'content-type': file?.type ?? '',
      };
      const told = {
        'x-seed': made['seed'],
        'x-video-scenes': made['scenes'],
        'x-video-duration': made['durationSec'],
        'x-video-fps': made['fps'],
        'x-hero-used': made['heroUsed'],
      };
      const headers = Object.fromEntries(Object.entries(told).map(([name, value]) => [name, String(value)]));
      return { status: 200, headers: { ...headers, ...named }, text: btoa(text) };
    } catch (error) {
      const { status, detail } = error as { status: number; detail: unknown };
      const text = btoa(
        Array.from(new TextEncoder().encode(JSON.stringify({ detail })), (b) => String.fromCharCode(b)).join(
          '',
        ),
      );
      return { status, headers: {}, text };
    }
  }, script);
  return { ...answer, body: Buffer.from(answer.text, 'base64') };
}
