/** The production build on a port: its files, and the relay for the API. Nothing of Vite, which would take a quarter of a gigabyte to send files. */
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import sirv from 'sirv';
import type { Admission } from './admission.ts';
import { cacheControl, productionHeaders, setHeaders } from './headers.ts';
import { relayRequests, sendNotFound } from './relay.ts';
import { whyNotListening, StartRefusal, type StartOptions } from './start-options.ts';

export interface Served {
  readonly server: Server;
  /** The one that it got, where any was asked for. */
  readonly port: number;
}

/** Throws `StartRefusal` where it cannot listen. */
export async function serve(folder: string, options: StartOptions, admission: Admission): Promise<Served> {
  // `dev`: a build that takes the place of this one meanwhile is served as it is.
  const files = sirv(folder, {
    dev: true,
    etag: true,
    setHeaders: (response, path) => response.setHeader('Cache-Control', cacheControl(path)),
  });
  const { certificate } = options;
  const answer: RequestListener = (request, response) => {
    setHeaders(response, productionHeaders(request.url ?? '/'));
    const failed = (error: unknown) => void response.destroy(error instanceof Error ? error : undefined);
    relay(request, response, (error?: unknown) => {
      if (error !== undefined) return failed(error);
      files(request, response, () => sendNotFound(request, response));
    });
  };
  const server: Server = certificate ? createTlsServer(certificate, answer) : createServer(answer);
  const relay = relayRequests(server, options, admission);
  await listen(server, options);
  return { server, port: (server.address() as AddressInfo).port };
}

async function listen(server: Server, options: StartOptions): Promise<void> {
  try {
    server.listen(options.port, options.host);
    await once(server, 'listening');
  } catch (cause) {
    const why = whyNotListening(cause, options);
    throw why === undefined ? cause : new StartRefusal(why, { cause });
  }
}
