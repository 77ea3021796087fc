/**
 * Who may drive this server: programs on this machine and pages of its own, but no other page that happens to be open in the person's browser.
 * Browsers say where a request comes from in `Origin` and `Sec-Fetch-Site`; a name that was bent to point here (DNS rebinding) shows in `Host`.
 */
import type { IncomingHttpHeaders } from 'node:http';
import { isIP } from 'node:net';
import type { Guests } from './start-options.ts';

/** Why not; undefined if it may. */
export function forbiddenHost(
  headers: IncomingHttpHeaders,
  { host, allowHosts }: Pick<Guests, 'host' | 'allowHosts'>,
): string | undefined {
  const asked = hostname(headers.host);
  const own = asked === 'localhost' || isIP(asked) !== 0 || asked === host || allowHosts.includes(asked);
  return own ? undefined : unknownName(asked);
}

/** A container's or a router's name for this machine is as good as any, once the person has said so. */
const unknownName = (name: string) =>
  /^[\w.-]{1,253}$/.test(name)
    ? `this server does not go by the name ${name}: ask it by its address, or start it with: npm start -- --allow-host ${name}`
    : 'this server does not go by that name';

/** The other site whose script this is, if it may ask. */
export const guestOrigin = (headers: IncomingHttpHeaders, { allowOrigins }: Pick<Guests, 'allowOrigins'>) =>
  allowOrigins.find((origin) => origin === headers.origin);

/** Why not; undefined if it may. */
export function forbiddenOrigin(
  headers: IncomingHttpHeaders,
  guests: Pick<Guests, 'allowOrigins'>,
): string | undefined {
  if (guestOrigin(headers, guests) !== undefined) return undefined;
  const { origin, host } = headers;
  const site = headers['sec-fetch-site'];
  const sameSite = site === undefined || site === 'same-origin' || site === 'none';
  const sameOrigin = origin === undefined || origin === `http://${host}` || origin === `https://${host}`;
  return sameSite && sameOrigin ? undefined : siteRefused(origin);
}

const siteRefused = (origin: string | undefined) =>
  origin !== undefined && /^https?:\/\/[\w.:-]{1,253}$/.test(origin)
    ? `requests of other sites are refused, unless it was started with: npm start -- --allow-origin ${origin}`
    : 'requests of other sites are refused';

/** Without the port, and without the brackets of IPv6. */
export function hostname(host: string | undefined): string {
  return (host ?? '')
    .replace(/:\d+$/, '')
    .replace(/^\[(.*)\]$/, '$1')
    .toLowerCase();
}
