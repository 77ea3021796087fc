/** A core set in WebKitGTK: `npm run e2e:webkit`. */
import { defineConfig } from '@playwright/test';
import base from '../playwright.config.ts';

const port = Number(process.env['E2E_PORTS']!.split(',')[0]);

export default defineConfig({
  testDir: 'webkit',
  testMatch: '*.webkit.ts',
  outputDir: '../test-results/webkit',
  timeout: 240_000,
  workers: 1,
  retries: base.retries ?? 0,
  forbidOnly: base.forbidOnly ?? false,
  reporter: [['list'], ['./count-reporter.ts']],
  use: { baseURL: `http://localhost:${port}` },
  webServer: {
    command: `node --import tsx src/server/start.ts --port ${port}`,
    cwd: '..',
    url: `http://localhost:${port}/`,
    reuseExistingServer: false,
    timeout: 180_000,
  },
});
