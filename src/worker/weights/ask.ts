import { AppError, isAbort } from '../../domain/errors.ts';
import { Retry } from './retry.ts';

export type Fetch = typeof fetch;

/**
 * One request to a hub, without telling it which page asks (it refuses some). Answers only with a success, or with 416. Throws `hub-gated`,
 * `hub-not-found`, `offline`, `download-failed`; `Retry` for what may pass.
 */
export async function ask(fetchIt: Fetch, url: string, init: RequestInit = {}): Promise<Response> {
  let response: Response;
  try {
    response = await fetchIt(url, { ...init, referrerPolicy: 'no-referrer' });
  } catch (cause) {
    throw isAbort(cause) ? cause : unreachable(url, cause);
  }
  // 416: what was fetched so far is longer than the file is now. Whoever asked for a range deals with it.
  if (response.ok || response.status === 416) return response;
  await response.body?.cancel();
  throw refusal(response, url);
}

/** Browsers tell no reason: no network, no such name, a closed port and a missing CORS header all look alike. */
export function unreachable(url: string, cause: unknown): AppError | Retry {
  if ((navigator as { onLine?: boolean }).onLine === false) {
    return new AppError('offline', 'There is no network.', { cause });
  }
  return new Retry(
    new AppError(
      'download-failed',
      `${hostOf(url)} could not be reached, or does not let web pages read its answers (CORS).`,
      { cause },
    ),
  );
}

function refusal(response: Response, url: string): AppError | Retry {
  const { status } = response;
  const code = response.headers.get('x-error-code') ?? '';
  const detail = response.headers.get('x-error-message') ?? statusWords(status, url);
  // For a repository that does not exist, the hub asks strangers to sign in as well.
  if (code === 'RepoNotFound' || code === 'RevisionNotFound' || code === 'EntryNotFound') {
    return new AppError('hub-not-found', detail);
  }
  if (status === 401 || status === 403) return new AppError('hub-gated', detail);
  if (status === 404 || status === 410) return new AppError('hub-not-found', detail);
  const failed = new AppError('download-failed', detail);
  const mayPass = status === 408 || status === 425 || status === 429 || status >= 500;
  return mayPass ? new Retry(failed, retryAfterMs(response)) : failed;
}

function statusWords(status: number, url: string): string {
  const unknown = 'it does not exist, is private, or wants you to sign in';
  return `${hostOf(url)} answered ${status}${status === 401 ? `: ${unknown}` : ''}.`;
}

function retryAfterMs(response: Response): number | null {
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : null;
}

const hostOf = (url: string) => new URL(url).host;
