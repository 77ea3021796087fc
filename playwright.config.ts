import { defineConfig, devices } from '@playwright/test';
import { chromiumArgs, findChromium } from './e2e/browser.ts';

const port = Number(process.env['E2E_PORT'] ?? 8123);
const executablePath = findChromium();

export default defineConfig({
  testDir: 'e2e',
  // Real pictures on a busy two-core machine: patience is not what these tests measure.
  timeout: 240_000,
  expect: { timeout: 90_000 },
  workers: 1,
  // A shared CI machine can starve a test; a second try is counted and shown as flaky.
  retries: process.env['CI'] === undefined ? 0 : 1,
  forbidOnly: process.env['CI'] !== undefined,
  reporter: [['list'], ['./e2e/count-reporter.ts']],
  use: {
    baseURL: `http://localhost:${port}`,
    // Recording, screenshots above all, takes a third of the processor time of a story. At will: `npm run e2e -- --trace on`.
    trace: 'on-first-retry',
    launchOptions: { args: chromiumArgs, ...(executablePath === undefined ? {} : { executablePath }) },
  },
  projects: [
    { name: 'desktop', use: { ...devices['Desktop Chrome'], viewport: { width: 1440, height: 900 } } },
  ],
  webServer: {
    command: `npm start -- --port ${port}`,
    url: `http://localhost:${port}/`,
    reuseExistingServer: false,
    timeout: 180_000,
  },
});
