/** What the browser lets our pages and workers do (Content-Security-Policy): no inline or remote script, nothing evaluated but WebAssembly. */
const common = {
  'default-src': ["'self'"],
  'script-src': ["'self'", "'wasm-unsafe-eval'"],
  // Controls set styles on elements while they are open.
  'style-src': ["'self'", "'unsafe-inline'"],
  'img-src': ["'self'", 'blob:', 'data:'],
  'media-src': ["'self'", 'blob:'],
  'font-src': ["'self'", 'data:'],
  'worker-src': ["'self'", 'blob:'],
  'object-src': ["'none'"],
  'base-uri': ["'self'"],
  'form-action': ["'self'"],
};

const own = ["'self'", 'blob:', 'data:'];

/** In the page: it talks to its own origin and to nobody else. */
export const pagePolicy = policy({ ...common, 'connect-src': own });

/**
 * As a header on every response, for the workers above all, which do not inherit the page's: the engine downloads models, and the person
 * may name any hub or mirror, also one on this machine.
 */
export const headerPolicy = policy({
  ...common,
  'connect-src': [...own, 'https:', 'http://localhost:*', 'http://127.0.0.1:*'],
});

/** In the address of a worker's script: the one origin that it may talk to. */
export const onlyTo = 'to';

/**
 * The header of the response to `url`. A worker that speaks to another machine names it in its script's address, and is held to it; the page's
 * own policy stays as it is, so that nothing else that runs here can ever talk to that machine.
 */
export function headerPolicyOf(url: string): string {
  const { pathname, searchParams } = new URL(url, 'http://localhost');
  const asked = searchParams.get(onlyTo);
  if (asked === null || !pathname.endsWith('.js')) return headerPolicy;
  return policy({ ...common, 'connect-src': [isOrigin(asked) ? asked : "'none'"] });
}

/** What could end a directive, or name more than one host, is none. */
const isOrigin = (text: string) =>
  /^https?:\/\/[\w.:[\]-]+$/.test(text) && URL.canParse(text) && new URL(text).origin === text;

function policy(directives: Readonly<Record<string, readonly string[]>>): string {
  return Object.entries(directives)
    .map(([name, values]) => [name, ...values].join(' '))
    .join('; ');
}
