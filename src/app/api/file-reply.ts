import type { ApiRequest } from '../../domain/api/http.ts';
import { namesTag, readRange } from '../../domain/api/range.ts';
import type { Reply, ReplyBody } from './waiting.ts';

/** A file as it was asked for: whole, a part of it (206, 416), or not again (304); other replies as they are. HEAD gets the head alone. */
export function asAsked(reply: Reply, { method, headers }: ApiRequest): Reply {
  const answer = ['GET', 'HEAD'].includes(method) ? filePart(reply, headers) : reply;
  if (method !== 'HEAD' || answer.body === '') return answer;
  return { ...answer, headers: { ...answer.headers, ...lengthOf(answer.body) }, body: '' };
}

/** A body that only comes while its work goes on has no length yet. */
function lengthOf(body: ReplyBody): Record<string, string> {
  if (typeof body !== 'string' && !(body instanceof Blob)) return {};
  return { 'content-length': String(new Blob([body]).size) };
}

function filePart(reply: Reply, asked: ApiRequest['headers']): Reply {
  const { status, body } = reply;
  if (status !== 200 || !(body instanceof Blob)) return reply;
  const etag = reply.headers['etag'] ?? '';
  if (etag && namesTag(asked['if-none-match'], etag)) return { status: 304, headers: { etag }, body: '' };
  const headers = { ...reply.headers, 'accept-ranges': 'bytes' };
  // A part of what it had before is of no use to a client if the file is another now.
  const same = asked['if-range'] === undefined || (etag !== '' && asked['if-range'].trim() === etag);
  const range = same ? readRange(asked['range'], body.size) : undefined;
  if (range === undefined) return { ...reply, headers };
  if (range === 'unsatisfiable') {
    return {
      status: 416,
      headers: { 'content-range': `bytes */${body.size}`, 'accept-ranges': 'bytes' },
      body: '',
    };
  }
  const { start, end } = range;
  return {
    status: 206,
    headers: { ...headers, 'content-range': `bytes ${start}-${end - 1}/${body.size}` },
    body: body.slice(start, end, body.type),
  };
}
