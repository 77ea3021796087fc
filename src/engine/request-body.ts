/** From a request's bytes to its text, the same for the relay (Node) and the service worker. */
import { charsetOf, mediaTypeOf } from '../domain/api/charset.ts';
import { maxBodyBytes, type RequestBody } from '../domain/api/http.ts';
import { toBase64 } from './base64.ts';

export interface SentBody {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly contentType: string | undefined;
  readonly contentEncoding: string | undefined;
}

/** Undoes the body's compression (gzip or deflate, RFC 9110, 8.4) and its character encoding; fields of forms come as one URL-encoded text, files in base64. Never throws. */
export async function decodeBody(sent: SentBody): Promise<RequestBody> {
  const unpacked = await unpack(sent);
  if (!(unpacked instanceof Uint8Array)) return unpacked;
  const type = mediaTypeOf(sent.contentType);
  if (type === 'multipart/form-data') return readMultipart(unpacked, sent.contentType!);
  const body = decodeText(unpacked, charsetOf(unpacked, sent.contentType));
  if (type !== 'application/x-www-form-urlencoded' || !('text' in body)) return body;
  // curl's `-d` calls everything a form: JSON is told so in better words than a form without fields.
  return /^\s*\{/.test(body.text) ? body : { form: body.text };
}

function decodeText(bytes: Uint8Array, charset: string): RequestBody {
  let decoder;
  try {
    decoder = new TextDecoder(charset, { fatal: true });
  } catch {
    return { fault: 'unknown-charset' };
  }
  try {
    return { text: decoder.decode(bytes) };
  } catch {
    return { fault: 'unreadable' };
  }
}

/** Node and the browsers name this type otherwise. */
type CompressionFormat = ConstructorParameters<typeof DecompressionStream>[0];

const formats: Readonly<Record<string, CompressionFormat>> = {
  gzip: 'gzip',
  'x-gzip': 'gzip',
  deflate: 'deflate',
};

async function unpack({
  bytes,
  contentEncoding = '',
}: SentBody): Promise<RequestBody | Uint8Array<ArrayBuffer>> {
  const codings = contentEncoding
    .split(',')
    .map((coding) => coding.trim().toLowerCase())
    .filter((coding) => coding !== '' && coding !== 'identity');
  const [coding, ...others] = codings;
  if (coding === undefined) return bytes;
  const format = formats[coding];
  if (format === undefined || others.length > 0) return { fault: 'unknown-encoding' };
  return inflate(bytes, format);
}

/** No more than a body may hold is ever unpacked. */
async function inflate(
  bytes: Uint8Array<ArrayBuffer>,
  format: CompressionFormat,
): Promise<RequestBody | Uint8Array<ArrayBuffer>> {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream(format));
  const reader = stream.getReader();
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  try {
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      parts.push(read.value);
      length += read.value.length;
      if (length > maxBodyBytes) {
        void reader.cancel().catch(() => undefined); // There is nothing more to learn from it.
        return { fault: 'too-large' };
      }
    }
  } catch {
    return { fault: 'unreadable' };
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}

async function readMultipart(bytes: Uint8Array<ArrayBuffer>, contentType: string): Promise<RequestBody> {
  try {
    const form = await new Response(bytes, { headers: { 'content-type': contentType } }).formData();
    const fields = await Promise.all(
      [...form].map(async ([name, value]) => [
        name,
        typeof value === 'string' ? value : await toBase64(value),
      ]),
    );
    return { form: new URLSearchParams(fields).toString() };
  } catch {
    return { fault: 'unreadable' };
  }
}
