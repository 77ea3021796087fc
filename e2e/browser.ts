/** Finds a Chromium: `CHROMIUM_PATH`, then an installed one, then Playwright's own, which is `undefined` here. */
import { chromium } from '@playwright/test';
import { existsSync } from 'node:fs';
import { chromiumArgs as usualArgs, installedChromium } from '../src/server/chromium.ts';

/**
 * Left alone, V8 spends three seconds of processor time of every fresh page on optimising functions of the runtime that a story then runs for
 * two. Ten times its usual patience: what is really hot, as an encoder, is optimised all the same.
 */
export const chromiumArgs = [...usualArgs, '--js-flags=--wasm-tiering-budget=150000000'];

export function findChromium(): string | undefined {
  const playwrights = chromium.executablePath();
  return installedChromium() ?? (existsSync(playwrights) ? playwrights : undefined);
}
