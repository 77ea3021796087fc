/** ONNX Runtime's own word on which node of the built-in model runs where: one on the CPU, beside a GPU, is a wait and a copy at every step. */
import { chromiumArgs, findChromium } from './browser.ts';
import { expect, test } from './test.ts';

const executablePath = findChromium();
test.use({
  // The engine's script is changed on its way, which the service worker would not see.
  serviceWorkers: 'block',
  launchOptions: {
    args: [...chromiumArgs, '--enable-unsafe-webgpu'],
    ...(executablePath === undefined ? {} : { executablePath }),
  },
});

const placed = /placed on \[(\w+)\]\. Number of nodes/;
const copied = /Add Memcpy(To|From)Host/;

test('no node of a picture is left on the CPU beside a GPU, and nothing is copied to and fro', async ({
  app,
  page,
}) => {
  const told: string[] = [];
  page.on('console', (message) => told.push(message.text()));
  let changed = 0;
  await page.route(/\/assets\/[^/]*\.js$/, async (route) => {
    const response = await route.fetch();
    const script = await response.text();
    const talkative = script.replaceAll(/logSeverityLevel:\s*3/g, 'logSeverityLevel:0');
    if (talkative !== script) changed += 1;
    await route.fulfill({ response, body: talkative });
  });
  await app.open('?backend=webgpu');
  await app.picture({ prompt: 'a calm beach at sunset', steps: 1, seed: 3, width: 64, height: 64 });

  expect(changed).toBeGreaterThan(0);
  const places = told.flatMap((line) => placed.exec(line)?.[1] ?? []);
  // Text encoder, UNet and decoder, and the self-test's attention.
  expect(places.length).toBeGreaterThanOrEqual(4);
  expect(places.filter((place) => place !== 'WebGpuExecutionProvider')).toEqual([]);
  expect(told.filter((line) => copied.test(line))).toEqual([]);
});
