/** What scripts of other sites need to hear before their browser lets them ask, and read what they get (Fetch standard, 3.2: CORS). */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { guestOrigin } from './relay-guard.ts';
import type { Guests } from './start-options.ts';

/** A script may read every header of an answer, as one of the page's own may. */
const headersOf = (origin: string) => ({
  'Access-Control-Allow-Origin': origin,
  'Access-Control-Expose-Headers': '*',
  Vary: 'Origin',
});

/** Names the guest in the answer to be. True where its browser only asks whether it may (a preflight), and has been answered. */
export function welcomeGuest(request: IncomingMessage, response: ServerResponse, guests: Guests): boolean {
  const origin = guestOrigin(request.headers, guests);
  if (origin === undefined) return false;
  for (const [name, value] of Object.entries(headersOf(origin))) response.setHeader(name, value);
  const wanted = request.headers['access-control-request-headers'];
  if (request.method !== 'OPTIONS' || request.headers['access-control-request-method'] === undefined)
    return false;
  response.writeHead(204, {
    'Access-Control-Allow-Methods': 'GET, HEAD, POST, DELETE',
    ...(wanted !== undefined && { 'Access-Control-Allow-Headers': wanted }),
    // A public site that asks a machine of the local network (Private Network Access, its draft of 2023).
    ...(request.headers['access-control-request-private-network'] === 'true' && {
      'Access-Control-Allow-Private-Network': 'true',
    }),
    'Access-Control-Max-Age': '600',
  });
  response.end();
  return true;
}
