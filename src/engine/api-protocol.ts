/**
 * What the page that answers the API says to those who bring requests to it: the service worker (structured clones over a broadcast channel)
 * and the server's relay (JSON and bytes over a WebSocket).
 */
import type { ApiRequest } from '../domain/api/http.ts';

export type ToApiPage =
  | {
      readonly type: 'request';
      readonly id: string;
      readonly request: ApiRequest;
      /** The client cannot be sent on, and must not wait for ever: begin the answer as soon as it is likely to succeed. */
      readonly early: boolean;
    }
  /** The client went away. */
  | { readonly type: 'cancel'; readonly id: string }
  /** The client will ask for the job's result in a moment, with a new request. */
  | { readonly type: 'detach'; readonly id: string }
  /** The last chunk has been passed on: the next may come. */
  | { readonly type: 'more'; readonly id: string };

/** `job` may come before `head`; then any number of chunks; exactly one `end` or `failed`. */
export type FromApiPage =
  | { readonly type: 'job'; readonly id: string; readonly jobId: string }
  | {
      readonly type: 'head';
      readonly id: string;
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
    }
  /** Over the WebSocket the bytes follow in a binary message. */
  | { readonly type: 'chunk'; readonly id: string; readonly chunk?: string | Blob }
  | { readonly type: 'end'; readonly id: string }
  /** After `head` went out: the body cannot be finished. */
  | { readonly type: 'failed'; readonly id: string };

/** Where a page finds the server's relay, if the server has one: its own page then came with this `Server-Timing`. */
export const relayPath = '/api-relay';
export const relayTiming = 'zoetrope-relay';
/** Of a page that is another device's: it does not draw for the server, but may pair with it. */
export const pairingTiming = 'pairing-needed';
/** Binary messages begin with the request's id, in ASCII. */
export const relayIdBytes = 36;
export const relayChunkBytes = 256 * 1024;

/** In the address of a page that nobody looks at (`npm start -- --headless`). */
export const unattendedQuery = 'unattended';
/** What such a page keeps of what it made for scripts. */
export const unattendedKeeping = { works: 500, days: 7 } as const;
