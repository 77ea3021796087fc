/** The same stories in Firefox, where they need no door of Chromium's own: `npm run e2e:firefox`. */
import { defineConfig } from '@playwright/test';
import { join } from 'node:path';
import base from '../playwright.config.ts';

const [server] = [base.webServer ?? []].flat();

export default defineConfig({
  ...base,
  ...(server && { webServer: { ...server, cwd: '..' } }),
  testDir: import.meta.dirname,
  outputDir: '../test-results/firefox',
  reporter: [['list'], ['./count-reporter.ts']],
  // Firefox starts more slowly, and a page computes on both cores.
  workers: 1,
  grep: /@core/,
  use: {
    ...base.use,
    browserName: 'firefox',
    channel: 'moz-firefox',
    launchOptions: {
      executablePath: join(import.meta.dirname, 'firefox/firefox.sh'),
      firefoxUserPrefs: { 'ui.prefersReducedMotion': 1, 'dom.min_background_timeout_value': 4 },
    },
  },
  projects: [{ name: 'firefox', use: { viewport: { width: 1440, height: 900 } } }],
});
