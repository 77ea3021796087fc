/** Finds a Chromium: `CHROMIUM_PATH`, then an installed one, then Playwright's own, which is `undefined` here. */
import { chromium } from '@playwright/test';
import { existsSync } from 'node:fs';
import { installedChromium } from '../src/server/chromium.ts';

export { chromiumArgs } from '../src/server/chromium.ts';

export function findChromium(): string | undefined {
  const playwrights = chromium.executablePath();
  return installedChromium() ?? (existsSync(playwrights) ? playwrights : undefined);
}
