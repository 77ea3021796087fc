import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { maxBodyBytes, type RequestBody } from '../domain/api/http.ts';
import { decodeBody } from '../engine/request-body.ts';

/** So much of a body that is too large is taken and dropped, because many clients read no answer before they have sent everything. */
const maxDroppedBytes = 4 * maxBodyBytes;

export function readBody(request: IncomingMessage): Promise<RequestBody> {
  const parts: Buffer[] = [];
  let bytes = 0;
  return new Promise((resolve, reject) => {
    request.on('data', (part: Buffer) => {
      bytes += part.length;
      if (bytes <= maxBodyBytes) return void parts.push(part);
      parts.length = 0;
      resolve({ fault: 'too-large' });
      if (bytes > maxDroppedBytes) request.destroy();
    });
    request.on('end', () => {
      const { 'content-type': contentType, 'content-encoding': contentEncoding } = request.headers;
      resolve(decodeBody({ bytes: new Uint8Array(Buffer.concat(parts)), contentType, contentEncoding }));
    });
    request.on('error', reject);
  });
}

/** One text for each name. */
export function toHeaders(headers: IncomingHttpHeaders): Record<string, string> {
  const entries = Object.entries(headers).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries.map(([name, value]) => [name, [value].flat().join(', ')]));
}
