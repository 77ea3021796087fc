/** The production build on a port, and a Chromium to look at it with. */
import { chromium, type Browser } from '@playwright/test';
import { spawn, type ChildProcess } from 'node:child_process';
import { chromiumArgs, findChromium } from '../e2e/browser.ts';

/** `folder`: of a checkout with a build of its own. */
export async function startServer(port: number, folder = process.cwd()): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/server/start.ts', '--port', String(port)], {
    stdio: 'inherit',
    cwd: folder,
  });
  for (;;) {
    if (child.exitCode !== null) throw new Error('the server ended before it answered');
    const answer = await fetch(`http://localhost:${port}/`).catch(() => null);
    if (answer?.ok) return child;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

export function launch(args: readonly string[] = chromiumArgs): Promise<Browser> {
  const executablePath = findChromium();
  return chromium.launch({
    args: [...args],
    ...(executablePath === undefined ? {} : { executablePath }),
  });
}
