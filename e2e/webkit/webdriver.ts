/** WebKitGTK over W3C WebDriver (https://www.w3.org/TR/webdriver2/), as far as the stories need it. */
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { freePorts } from '../free-ports.ts';

const builds = ['/usr/lib/x86_64-linux-gnu', '/usr/lib/aarch64-linux-gnu'].flatMap((folder) =>
  ['webkit2gtk-4.1', 'webkit2gtk-4.0', 'webkitgtk-6.0'].map((name) => `${folder}/${name}/MiniBrowser`),
);

/** `WEBKIT_PATH`, or Debian's. */
export const findMiniBrowser = (): string | undefined =>
  process.env['WEBKIT_PATH'] ?? builds.find((path) => existsSync(path));

export interface Driver {
  /** A browser of its own, with nothing stored. */
  open(): Promise<Session>;
  stop(): void;
}

export interface Session {
  goTo(url: string): Promise<void>;
  reload(): Promise<void>;
  /** Runs `body` in the page as an async function of `args`, which JSON must carry; waits for what it gives. */
  run<T>(body: string, ...args: unknown[]): Promise<T>;
  /** Real keys to what has the focus. */
  type(text: string): Promise<void>;
  screenshot(): Promise<Buffer>;
  close(): Promise<void>;
}

const patienceMs = 240_000;
const display = ':96';

/** WebKitGTK draws on a display: where there is none, Xvfb gives one. */
export async function startDriver(): Promise<Driver> {
  const [port] = (await freePorts(1)) as [number];
  const own: ChildProcess[] = [];
  const env: NodeJS.ProcessEnv = { ...process.env, LIBGL_ALWAYS_SOFTWARE: '1' };
  if (env['DISPLAY'] === undefined) {
    own.push(
      spawn('Xvfb', [display, '-screen', '0', '1440x900x24', '-nolisten', 'tcp'], { stdio: 'ignore' }),
    );
    env['DISPLAY'] = display;
  }
  own.push(spawn('WebKitWebDriver', [`--port=${port}`], { stdio: 'ignore', env }));
  const ask = asker(`http://127.0.0.1:${port}`);
  await untilUp(ask);
  return {
    open: async () => {
      const options = { binary: findMiniBrowser(), args: ['--automation', '--geometry=1440x900'] };
      const capabilities = { alwaysMatch: { 'webkitgtk:browserOptions': options } };
      const { sessionId } = (await ask('POST', '/session', { capabilities })) as { sessionId: string };
      const timeouts = { script: patienceMs, pageLoad: patienceMs };
      await ask('POST', `/session/${sessionId}/timeouts`, timeouts);
      return session((method, path, body) => ask(method, `/session/${sessionId}${path}`, body));
    },
    stop: () => own.forEach((process) => process.kill()),
  };
}

type Ask = (method: string, path: string, body?: unknown) => Promise<unknown>;

const asker =
  (base: string): Ask =>
  async (method, path, body) => {
    const response = await fetch(base + path, {
      method,
      headers: { 'content-type': 'application/json' },
      signal: AbortSignal.timeout(patienceMs),
      ...(method === 'POST' && { body: JSON.stringify(body ?? {}) }),
    });
    const { value } = (await response.json()) as { value: { error?: string; message?: string } | null };
    if (!response.ok) throw new Error(`${method} ${path}: ${value?.error}: ${value?.message}`);
    return value;
  };

/** Each try waits for the connection; the driver is there within a second. */
async function untilUp(ask: Ask, triesLeft = 100): Promise<void> {
  try {
    await ask('GET', '/status');
  } catch (error) {
    if (triesLeft === 0) throw error;
    await new Promise((resolve) => setTimeout(resolve, 100));
    await untilUp(ask, triesLeft - 1);
  }
}

const asyncBody = (body: string) => `
  const done = arguments[arguments.length - 1];
  const args = [...arguments].slice(0, -1);
  (async (...args) => { ${body} })(...args).then((value) => done({ value }), (error) => done({ error: String(error) }));
`;

function session(ask: Ask): Session {
  return {
    goTo: async (url) => void (await ask('POST', '/url', { url })),
    reload: async () => void (await ask('POST', '/refresh')),
    run: async <T>(body: string, ...args: unknown[]) => {
      const answer = (await ask('POST', '/execute/async', { script: asyncBody(body), args })) as
        { value: T; error?: undefined } | { error: string };
      if (answer.error !== undefined) throw new Error(answer.error);
      return answer.value;
    },
    type: async (text) => {
      const keys = [...text].flatMap((value) => [
        { type: 'keyDown', value },
        { type: 'keyUp', value },
      ]);
      await ask('POST', '/actions', { actions: [{ type: 'key', id: 'keyboard', actions: keys }] });
    },
    screenshot: async () => Buffer.from((await ask('GET', '/screenshot')) as string, 'base64'),
    close: async () => void (await ask('DELETE', '')),
  };
}
