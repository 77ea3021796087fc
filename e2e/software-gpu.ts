/** WebGPU on Chromium's software adapter: right, and so slow that nothing is to be computed twice. */
import type { PlaywrightTestOptions, PlaywrightWorkerOptions } from '@playwright/test';
import { chromiumArgs, findChromium } from './browser.ts';
import { test } from './test.ts';

const executablePath = findChromium();

/** For `test.use`. */
export const softwareGpu: Pick<PlaywrightTestOptions, 'serviceWorkers'> &
  Pick<PlaywrightWorkerOptions, 'launchOptions'> = {
  // Stories change the engine's script on its way, which the service worker would not see.
  serviceWorkers: 'block',
  launchOptions: {
    args: [...chromiumArgs, '--enable-unsafe-webgpu'],
    ...(executablePath === undefined ? {} : { executablePath }),
  },
};

/** As a person who saves data: else the page has the GPU draw one step of the usual size before it is asked for anything, which takes minutes here. */
export function computeOnlyWhatIsAsked(): void {
  test.beforeEach(({ page }) =>
    page.addInitScript(() => {
      Object.defineProperty(navigator, 'connection', { value: { saveData: true } });
    }),
  );
}
