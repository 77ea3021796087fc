/** Answers that are no success, in FastAPI's shapes. */
import { jsonAnswer, maxBodyBytes, type ApiAnswer, type BodyFault } from './http.ts';
import type { Problem } from './problems.ts';

export const failure = (
  status: number,
  detail: string,
  headers: Readonly<Record<string, string>> = {},
): ApiAnswer => jsonAnswer(status, { detail }, headers);

export const notFound = () => failure(404, 'Not Found');
export const methodNotAllowed = (allow: string) => failure(405, 'Method Not Allowed', { allow });
export const tooFewScenes = () => failure(400, 'At least 2 scenes required');
export const forbidden = (why: string) => failure(403, `Forbidden: ${why}`);

/** The first is FastAPI's; 415 names what is taken (RFC 9110, 15.5.16). */
export const bodyFailures: Readonly<Record<BodyFault, () => ApiAnswer>> = {
  unreadable: () => failure(400, 'There was an error parsing the body'),
  'too-large': () => failure(413, `Request body too large: at most ${maxBodyBytes} bytes`),
  'unknown-charset': () =>
    failure(415, 'Unsupported charset: send the body in UTF-8, with Content-Type: application/json'),
  'unknown-encoding': () =>
    failure(415, 'Unsupported Content-Encoding: send the body as it is, or with gzip or deflate', {
      'accept-encoding': 'gzip, deflate',
    }),
};

export const invalid = (problems: readonly Problem[], advice?: string) =>
  jsonAnswer(422, { detail: problems, ...(advice !== undefined && { advice }) });

/** The client went away before there was an answer; nobody reads this. The number is nginx's. */
export const clientClosedRequest = () => failure(499, 'Client Closed Request');

/** Nobody is there to draw. `advice` says how to change that. */
export const notLoaded = (advice: string) =>
  jsonAnswer(503, { detail: 'Model not loaded yet', advice }, { 'retry-after': '5' });
