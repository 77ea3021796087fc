import { defineConfig, devices } from '@playwright/test';
import { chromiumArgs, findChromium } from './e2e/browser.ts';

/** A cold page is busy with one core most of the time, so that two stories side by side are worth it on two cores. */
const workers = 2;
/** Each worker has a server of its own, since an open tab answers all API requests of its server. */
const ports = Array.from({ length: workers }, (_, index) => Number(process.env['E2E_PORT'] ?? 8123) + index);
const port = ports[Number(process.env['TEST_PARALLEL_INDEX'] ?? 0)];
const executablePath = findChromium();

export default defineConfig({
  testDir: 'e2e',
  // Real pictures on a busy two-core machine: patience is not what these tests measure.
  timeout: 240_000,
  expect: { timeout: 90_000 },
  workers,
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
  webServer: ports.map((each) => ({
    command: `npm start -- --port ${each}`,
    url: `http://localhost:${each}/`,
    reuseExistingServer: false,
    timeout: 180_000,
  })),
});
