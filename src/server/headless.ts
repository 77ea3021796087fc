/** `npm start -- --headless`: a tab that draws, without a window and without a person. */
import { spawn } from 'node:child_process';
import { createHash, X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromiumArgs, installedChromium } from './chromium.ts';
import { unattendedKeeping, unattendedQuery } from '../engine/api-protocol.ts';
import { StartRefusal, type Certificate } from './start-options.ts';

const args = [
  '--headless=new',
  // Nobody ever looks at this tab: it works at full speed all the same.
  '--disable-renderer-backgrounding',
  '--disable-background-timer-throttling',
  '--no-default-browser-check',
];

/** What it keeps, in words for the terminal. */
export const keptWords = `What it makes is kept for ${unattendedKeeping.days} days, the last ${unattendedKeeping.works} at most, until this program ends: fetch what is to stay.`;

/** Opens `url` and calls `onEnd` with what went wrong when the browser ends before this program. Throws `StartRefusal` when there is none. */
export function openHeadless(
  url: string,
  certificate: Certificate | null,
  onEnd: (message: string) => void,
): void {
  const path = installedChromium();
  if (path === undefined) {
    throw new StartRefusal(
      'No Chromium, Chrome or Edge was found. Set CHROMIUM_PATH to one, or open the address yourself.',
    );
  }
  const profile = mkdtempSync(join(tmpdir(), 'zoetrope-'));
  const browser = spawn(
    path,
    [
      ...chromiumArgs,
      ...args,
      ...(certificate ? [`--ignore-certificate-errors-spki-list=${keyHash(certificate)}`] : []),
      `--user-data-dir=${profile}`,
      `${url}${url.includes('?') ? '&' : '?'}${unattendedQuery}`,
    ],
    { stdio: 'ignore' },
  );
  browser.on('error', (error) => onEnd(`${path} could not be started: ${error.message}`));
  browser.on('exit', (code) => onEnd(`${path} ended (${code ?? 'by a signal'}).`));
  process.on('exit', () => {
    browser.kill('SIGKILL');
    try {
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    } catch {
      // It still writes while it ends; the system empties its folder of temporary files.
    }
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => process.exit());
}

/** The tab goes by `localhost`, which the person's certificate need not name: of all certificates it trusts this one. */
function keyHash({ cert }: Certificate): string {
  const key = new X509Certificate(cert).publicKey.export({ type: 'spki', format: 'der' });
  return createHash('sha256').update(key).digest('base64');
}
