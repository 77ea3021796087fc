import { defineConfig, devices } from '@playwright/test';
import { chromiumArgs, findChromium } from './e2e/browser.ts';
import { freePorts } from './e2e/free-ports.ts';

/** A cold page is busy with one core most of the time, so that two stories side by side are worth it on two cores. */
const workers = 2;
/**
 * Each worker has a server of its own, since an open tab answers all API requests of its server. The configuration is read again in every
 * worker, which inherits what the first reading chose.
 */
process.env['E2E_PORTS'] ??= (await freePorts(workers)).join();
const ports = process.env['E2E_PORTS'].split(',').map(Number);
const port = ports[Number(process.env['TEST_PARALLEL_INDEX'] ?? 0)];
const executablePath = findChromium();

export default defineConfig({
  testDir: 'e2e',
  // Every story has a browser profile of its own: any two may run side by side, and no long file is left alone at the end.
  fullyParallel: true,
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
    // Without a GPU every frame of an animation is drawn by the processor: a third of the time of a short picture.
    contextOptions: { reducedMotion: 'reduce' },
    // Recording, screenshots above all, takes a third of the processor time of a story. At will: `npm run e2e -- --trace on`.
    trace: 'on-first-retry',
    launchOptions: { args: chromiumArgs, ...(executablePath === undefined ? {} : { executablePath }) },
  },
  projects: [
    { name: 'desktop', use: { ...devices['Desktop Chrome'], viewport: { width: 1440, height: 900 } } },
  ],
  webServer: ports.map((each) => ({
    command: `node --import tsx src/server/start.ts --port ${each}`,
    url: `http://localhost:${each}/`,
    reuseExistingServer: false,
    timeout: 180_000,
  })),
});
