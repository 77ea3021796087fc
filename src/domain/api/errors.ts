/** Answers that are no success, in FastAPI's shapes. */
import { jsonAnswer, maxBodyBytes, type ApiAnswer } from './http.ts';
import type { Problem } from './problems.ts';

export const failure = (
  status: number,
  detail: string,
  headers: Readonly<Record<string, string>> = {},
): ApiAnswer => jsonAnswer(status, { detail }, headers);

export const notFound = () => failure(404, 'Not Found');
export const methodNotAllowed = (allow: string) => failure(405, 'Method Not Allowed', { allow });
export const tooFewScenes = () => failure(400, 'At least 2 scenes required');
export const unreadable = () => failure(400, 'There was an error parsing the body');
export const forbidden = (why: string) => failure(403, `Forbidden: ${why}`);
export const tooLarge = () => failure(413, `Request body too large: at most ${maxBodyBytes} bytes`);
export const invalid = (problems: readonly Problem[]) => jsonAnswer(422, { detail: problems });

/** The client went away before there was an answer; nobody reads this. The number is nginx's. */
export const clientClosedRequest = () => failure(499, 'Client Closed Request');

/** Nobody is there to draw. `advice` says how to change that. */
export const notLoaded = (advice: string) =>
  jsonAnswer(503, { detail: 'Model not loaded yet', advice }, { 'retry-after': '5' });
