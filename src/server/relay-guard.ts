/**
 * Who may drive this server: programs on this machine and pages of its own, but no other page that happens to be open in the person's browser.
 * Browsers say where a request comes from in `Origin` and `Sec-Fetch-Site`; a name that was bent to point here (DNS rebinding) shows in `Host`.
 */
import type { IncomingHttpHeaders } from 'node:http';
import { isIP } from 'node:net';

/** Why not; undefined if it may. `host`: the one that the server was told to listen at. */
export function forbiddenHost(headers: IncomingHttpHeaders, host: string | undefined): string | undefined {
  const asked = hostname(headers.host);
  const own = asked === 'localhost' || isIP(asked) !== 0 || asked === host;
  return own ? undefined : 'this server does not go by that name';
}

/** Why not; undefined if it may. */
export function forbiddenOrigin(headers: IncomingHttpHeaders): string | undefined {
  const { origin, host } = headers;
  const site = headers['sec-fetch-site'];
  const sameSite = site === undefined || site === 'same-origin' || site === 'none';
  const sameOrigin = origin === undefined || origin === `http://${host}` || origin === `https://${host}`;
  return sameSite && sameOrigin ? undefined : 'requests of other sites are refused';
}

/** Without the port, and without the brackets of IPv6. */
function hostname(host: string | undefined): string {
  return (host ?? '')
    .replace(/:\d+$/, '')
    .replace(/^\[(.*)\]$/, '$1')
    .toLowerCase();
}
