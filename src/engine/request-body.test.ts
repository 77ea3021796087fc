import { deflateSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { maxBodyBytes } from '../domain/api/http.ts';
import { decodeBody } from './request-body.ts';

const decode = (bytes: string | Buffer, contentType?: string, contentEncoding?: string) =>
  decodeBody({ bytes: new Uint8Array(Buffer.from(bytes as string)), contentType, contentEncoding });

const text = '{"prompt":"naïve Füchse 🦊 and 狐"}';
const utf16 = (value: string, bigEndian: boolean) => {
  const bytes = Buffer.from(value, 'utf16le');
  return bigEndian ? bytes.swap16() : bytes;
};

test.each([
  ['UTF-8', Buffer.from(text)],
  ['UTF-8 with a mark', Buffer.from(`\uFEFF${text}`)],
  ['UTF-16LE', utf16(text, false)],
  ['UTF-16LE with a mark', utf16(`\uFEFF${text}`, false)],
  ['UTF-16BE', utf16(text, true)],
  ['UTF-16BE with a mark', utf16(`\uFEFF${text}`, true)],
])('a body in %s is read, whatever its type says', async (_name, bytes) => {
  for (const type of [undefined, 'application/json', 'application/json; charset=utf-8'])
    expect(await decode(bytes, type)).toEqual({ text });
});

test('a body is read in the charset that it names', async () => {
  const latin1 = Buffer.from('{"prompt":"Füchse"}', 'latin1');
  expect(await decode(latin1, 'application/json; charset=ISO-8859-1')).toEqual({
    text: '{"prompt":"Füchse"}',
  });
  expect(await decode(latin1, 'application/json')).toEqual({ fault: 'unreadable' });
  expect(await decode(latin1, 'application/json; charset=klingon')).toEqual({ fault: 'unknown-charset' });
});

test('UTF-32 is named as what it is not read in', async () => {
  const bytes = Buffer.from([...'{}'].flatMap((letter) => [letter.charCodeAt(0), 0, 0, 0]));
  expect(await decode(bytes)).toEqual({ fault: 'unknown-charset' });
});

test('a compressed body is unpacked', async () => {
  const type = 'application/json';
  expect(await decode(gzipSync(text), type, 'gzip')).toEqual({ text });
  expect(await decode(gzipSync(utf16(text, false)), type, 'X-GZIP')).toEqual({ text });
  expect(await decode(deflateSync(text), type, 'deflate')).toEqual({ text });
  expect(await decode(text, type, 'identity')).toEqual({ text });
  expect(await decode(text, type, 'br')).toEqual({ fault: 'unknown-encoding' });
  expect(await decode(gzipSync(gzipSync(text)), type, 'gzip, gzip')).toEqual({ fault: 'unknown-encoding' });
  expect(await decode(text, type, 'gzip')).toEqual({ fault: 'unreadable' });
  expect(await decode(gzipSync(text).subarray(0, 20), type, 'gzip')).toEqual({ fault: 'unreadable' });
});

test('no more is unpacked than a body may hold', async () => {
  const fits = ' '.repeat(maxBodyBytes);
  expect(await decode(gzipSync(fits), undefined, 'gzip')).toEqual({ text: fits });
  expect(await decode(gzipSync(`${fits} `), undefined, 'gzip')).toEqual({ fault: 'too-large' });
  expect(await decode(gzipSync(fits.repeat(4)), undefined, 'gzip')).toEqual({ fault: 'too-large' });
});

const urlencoded = 'application/x-www-form-urlencoded';

test('fields of a form come as one URL-encoded text', async () => {
  expect(await decode('prompt=a+fox&seed=3', urlencoded)).toEqual({ form: 'prompt=a+fox&seed=3' });
});

test("JSON that curl's -d called a form stays a text", async () => {
  expect(await decode(` ${text}`, urlencoded)).toEqual({ text: ` ${text}` });
});

test('a multipart form is read like any other; a file in it comes in base64', async () => {
  const read = async (form: FormData) => {
    const response = new Response(form);
    return decode(Buffer.from(await response.arrayBuffer()), response.headers.get('content-type')!);
  };
  const form = new FormData();
  form.append('prompt', 'a fox & a cat = 狐');
  form.append('scenes', 'a');
  form.append('scenes', 'b');
  expect(await read(form)).toEqual({ form: 'prompt=a+fox+%26+a+cat+%3D+%E7%8B%90&scenes=a&scenes=b' });
  form.append('image', new Blob(['PNG']), 'x.png');
  const fields = new URLSearchParams(((await read(form)) as { form: string }).form);
  expect(Buffer.from(fields.get('image')!, 'base64').toString()).toBe('PNG');
  expect(await decode('--x', 'multipart/form-data; boundary=y')).toEqual({ fault: 'unreadable' });
  expect(await decode('--x', 'multipart/form-data')).toEqual({ fault: 'unreadable' });
});

test('any bytes with any headers end in a text, a form or a fault', async () => {
  const types = fc.constantFrom(
    undefined,
    urlencoded,
    'multipart/form-data; boundary=a',
    'text/plain; charset=utf-16',
  );
  const codings = fc.constantFrom(undefined, 'gzip', 'deflate', 'x');
  await fc.assert(
    fc.asyncProperty(fc.uint8Array(), types, codings, async (bytes, contentType, contentEncoding) => {
      const body = await decodeBody({
        bytes: bytes,
        contentType,
        contentEncoding,
      });
      expect(Object.keys(body)).toHaveLength(1);
    }),
  );
});
