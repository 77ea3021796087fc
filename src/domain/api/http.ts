/** Requests and answers as plain data, the same for all the ways that they come: service worker, relay, script. */

/** A picture of some twelve megapixels in base64. */
export const maxBodyBytes = 16_000_000;

/** A body that was read (a form's fields as one URL-encoded text), or why it was not. */
export type RequestBody =
  { readonly text: string } | { readonly form: string } | { readonly fault: BodyFault };

export type BodyFault = 'too-large' | 'unreadable' | 'unknown-charset' | 'unknown-encoding';

export interface ApiRequest {
  /** Upper case. */
  readonly method: string;
  /** Below the app's own root, with a leading slash, percent-encoded as it came: `/jobs/…`. */
  readonly path: string;
  /** Without the question mark. */
  readonly query: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: RequestBody;
}

/** Where the server's relay says from which address a request came; what a client writes there itself is replaced. */
export const addressHeader = 'x-zoetrope-address';

/** Who asks, as well as can be told: programs of one machine often differ in what they call themselves. */
export const clientOf = ({ headers }: Pick<ApiRequest, 'headers'>) =>
  `${headers[addressHeader] ?? ''} ${headers['user-agent'] ?? ''}`;

/** `B` is text here; the page's end also answers with files and streams. */
export interface ApiAnswer<B = string> {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: B;
}

export function jsonAnswer(
  status: number,
  value: unknown,
  headers: Readonly<Record<string, string>> = {},
): ApiAnswer {
  const body = JSON.stringify(value);
  return { status, headers: { 'content-type': 'application/json', ...noStore, ...headers }, body };
}

export const emptyAnswer = (status: number, headers: Readonly<Record<string, string>>): ApiAnswer => ({
  status,
  headers: { ...noStore, ...headers },
  body: '',
});

/** Answers speak of this moment. */
const noStore = { 'cache-control': 'no-store' };
