import { createHash } from 'node:crypto';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { ModelFile } from '../../domain/model/model-file.ts';
import { httpFiles } from './http-files.ts';

let server: Server | undefined;
afterEach(() => {
  vi.unstubAllGlobals();
  server?.closeAllConnections();
  server?.close();
});

/** A server that gives every request to `answer`, and the files that are said to lie on it. */
async function serving(answer: RequestListener, file: Partial<ModelFile> = {}) {
  server = createServer(answer);
  await new Promise<void>((resolve) => server!.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const baseUrl = `http://127.0.0.1:${port}/models/one`;
  return httpFiles({
    kind: 'http',
    baseUrl,
    files: [{ path: 'unet/model.onnx', sizeBytes: body.length, ...file }],
  });
}

const body = Buffer.from('the weights of a model');
const sha256 = createHash('sha256').update(body).digest('hex');
const give: RequestListener = (_request, response) => void response.end(body);

describe('a file over http', () => {
  it('is asked for below the folder, and told of byte by byte', async () => {
    const asked: (string | undefined)[] = [];
    const files = await serving(
      (request, response) => {
        asked.push(request.url);
        response.write(body.subarray(0, 5));
        setImmediate(() => response.end(body.subarray(5)));
      },
      { sha256 },
    );
    const parts: number[] = [];
    const bytes = await files.readBytes('unet/model.onnx', (count) => parts.push(count));
    expect(Buffer.from(bytes)).toEqual(body);
    expect(parts.reduce((sum, part) => sum + part)).toBe(body.length);
    expect(asked).toEqual(['/models/one/unet/model.onnx']);
  });

  it('can be read as text', async () => {
    expect(await (await serving(give)).readText('unet/model.onnx')).toBe('the weights of a model');
  });

  const refusals: readonly [
    what: string,
    code: string,
    answer: RequestListener,
    file?: Partial<ModelFile>,
  ][] = [
    ['is not there', 'file-not-found', (_request, response) => void response.writeHead(404).end()],
    ['meets a broken server', 'download-failed', (_request, response) => void response.writeHead(503).end()],
    [
      'is a web page',
      'download-failed',
      (_request, response) => void response.writeHead(200, { 'content-type': 'text/html' }).end(body),
    ],
    ['is too short', 'file-corrupt', (_request, response) => void response.end(body.subarray(1))],
    ['is too long', 'file-corrupt', (_request, response) => void response.end(Buffer.concat([body, body]))],
    ['has another content', 'file-corrupt', give, { sha256: 'ab'.repeat(32) }],
    [
      'breaks off',
      'download-failed',
      (_request, response) => {
        response.writeHead(200, { 'content-length': body.length }).write(body.subarray(0, 3));
        setImmediate(() => response.destroy());
      },
    ],
  ];

  it.each(refusals)('that %s is %s', async (_what, code, answer, file) => {
    const files = await serving(answer, file);
    await expect(files.readBytes('unet/model.onnx')).rejects.toMatchObject({ code });
  });

  it('that is in no list is not asked for', async () => {
    const files = await serving(give);
    await expect(files.readBytes('unet/other.onnx')).rejects.toMatchObject({ code: 'file-not-found' });
  });

  it('from a server that is gone is a failed download', async () => {
    const files = await serving(give);
    server!.close();
    await expect(files.readBytes('unet/model.onnx')).rejects.toMatchObject({ code: 'download-failed' });
  });

  it('that cannot be fetched because there is no network says so', async () => {
    const files = await serving(give);
    server!.close();
    vi.stubGlobal('navigator', { onLine: false });
    await expect(files.readBytes('unet/model.onnx')).rejects.toMatchObject({ code: 'offline' });
  });

  it('stops coming when it is cancelled', async () => {
    const controller = new AbortController();
    const files = await serving((_request, response) => {
      response.write(body.subarray(0, 3));
      setImmediate(() => controller.abort());
    });
    const read = files.readBytes('unet/model.onnx', undefined, controller.signal);
    await expect(read).rejects.toMatchObject({ name: 'AbortError' });
  });
});
