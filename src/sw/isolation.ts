import { headerPolicyOf } from '../engine/content-policy.ts';

/** Cross-origin isolation, without which WebAssembly has no threads, and our content policy, on hosts whose headers we do not control. */
const ourHeaders = (url: string) => ({
  'Content-Security-Policy': headerPolicyOf(url),
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
});

const bodyless = [101, 204, 205, 304];

/** The same response with the headers that belong to a request of `url`. Those that a worker may not rebuild (redirects, errors) pass as they are. */
export function withIsolation(response: Response, url: string): Response {
  if (response.status === 0 || response.redirected) return response;
  const headers = new Headers(response.headers);
  for (const [name, value] of Object.entries(ourHeaders(url))) headers.set(name, value);
  const { status, statusText } = response;
  return new Response(bodyless.includes(status) ? null : response.body, { status, statusText, headers });
}
