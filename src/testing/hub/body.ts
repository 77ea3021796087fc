import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

/** What can go wrong with a file's bytes. */
export type BodyFault =
  /** The connection drops after so many bytes. */
  | { readonly kind: 'drop'; readonly afterBytes: number }
  | { readonly kind: 'html' }
  /** A proper answer, with fewer or more bytes than the file has. */
  | { readonly kind: 'short' }
  | { readonly kind: 'long' }
  /** One byte is another. */
  | { readonly kind: 'wrong' }
  /** Another file from now on: other bytes, other ETag. */
  | { readonly kind: 'changed'; readonly content: Buffer }
  /** Ranges are ignored. */
  | { readonly kind: 'no-ranges' }
  /** Nothing comes after so many bytes of the file, wherever one begins, and the connection stays open. */
  | { readonly kind: 'silence'; readonly afterBytes: number };

export function sendBody(
  request: IncomingMessage,
  response: ServerResponse,
  file: Buffer,
  fault: BodyFault | undefined,
  bytesPerSec: number | null,
): void {
  if (fault?.kind === 'html') {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
    response.end('<!doctype html><title>Sign in to the network</title>');
    return;
  }
  const content = contentOf(file, fault);
  const range = fault?.kind === 'no-ranges' ? undefined : request.headers.range;
  const [, from, to] = /^bytes=(\d+)-(\d*)$/.exec(range ?? '') ?? [];
  const start = from === undefined ? 0 : Number(from);
  const end = to === undefined || to === '' ? content.length : Math.min(content.length, Number(to) + 1);
  if (start > 0 && start >= content.length) {
    response.writeHead(416, { 'content-range': `bytes */${content.length}` }).end();
    return;
  }
  response.writeHead(from === undefined ? 200 : 206, {
    'content-type': 'application/octet-stream',
    'accept-ranges': 'bytes',
    'content-length': end - start,
    etag: `"${sha256(content)}"`,
    ...(from === undefined ? {} : { 'content-range': `bytes ${start}-${end - 1}/${content.length}` }),
  });
  const body = content.subarray(start, Math.max(start, Math.min(end, stopAt(fault, start))));
  write(response, body, bytesPerSec, () => {
    if (fault?.kind === 'drop') response.socket?.destroy();
    else if (fault?.kind !== 'silence') response.end();
  });
}

/** Where in the file a fault ends the answer. */
function stopAt(fault: BodyFault | undefined, start: number): number {
  if (fault?.kind === 'drop') return start + fault.afterBytes;
  return fault?.kind === 'silence' ? fault.afterBytes : Infinity;
}

const hashes = new WeakMap<Buffer, string>();

/** Of a large file it takes seconds, and each request wants it. */
export function sha256(bytes: Buffer): string {
  const known = hashes.get(bytes) ?? createHash('sha256').update(bytes).digest('hex');
  hashes.set(bytes, known);
  return known;
}

function contentOf(file: Buffer, fault: BodyFault | undefined): Buffer {
  if (fault?.kind === 'short') return file.subarray(0, Math.floor(file.length / 2));
  if (fault?.kind === 'long') return Buffer.concat([file, Buffer.from('more')]);
  if (fault?.kind === 'changed') return fault.content;
  if (fault?.kind !== 'wrong') return file;
  const copy = Buffer.from(file);
  copy[Math.floor(copy.length / 2)]! ^= 1;
  return copy;
}

/** A tenth of a second's worth at a time; all at once without a limit. */
function write(response: ServerResponse, body: Buffer, bytesPerSec: number | null, onEnd: () => void): void {
  const part = bytesPerSec === null ? body.length : Math.ceil(bytesPerSec / 10);
  const next = (at: number) => {
    if (response.destroyed) return;
    if (at >= body.length) {
      onEnd();
      return;
    }
    const after = () => (bytesPerSec === null ? next(at + part) : setTimeout(() => next(at + part), 100));
    response.write(body.subarray(at, at + part), after);
  };
  next(0);
}
