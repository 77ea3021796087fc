/** ONNX Runtime's own word on which node of a model runs where: one on the CPU, beside a GPU, is a wait and a copy at every step. */
import type { Page } from '@playwright/test';
import { miniature } from '../src/testing/hub/models.ts';
import { makePng } from '../src/testing/png.ts';
import { expect, test } from './hub-test.ts';
import { computeOnlyWhatIsAsked, softwareGpu } from './software-gpu.ts';

test.use(softwareGpu);
computeOnlyWhatIsAsked();

const placed = /placed on \[(\w+)\]\. Number of nodes/;
const copied = /Add Memcpy(To|From)Host/;

/** What ONNX Runtime says in the browser's console, once it is asked to say everything. */
async function listen(
  page: Page,
): Promise<{ readonly places: () => string[]; readonly copies: () => string[] }> {
  const told: string[] = [];
  page.on('console', (message) => told.push(message.text()));
  await page.route(/\/assets\/[^/]*\.js$/, async (route) => {
    const response = await route.fetch();
    const script = await response.text();
    await route.fulfill({
      response,
      body: script.replaceAll(/logSeverityLevel:\s*3/g, 'logSeverityLevel:0'),
    });
  });
  return {
    places: () => told.flatMap((line) => placed.exec(line)?.[1] ?? []),
    copies: () => told.filter((line) => copied.test(line)),
  };
}

const tiny = { prompt: 'a calm beach at sunset', steps: 1, seed: 3, width: 64, height: 64 };

function expectAllOnGpu(places: readonly string[], sessions: number): void {
  // The self-test's attention is one more. None at all: the log was not turned on.
  expect(places.length).toBeGreaterThanOrEqual(sessions + 1);
  expect(places.filter((place) => place !== 'WebGpuExecutionProvider')).toEqual([]);
}

test('no node of a picture is left on the CPU beside a GPU, and nothing is copied to and fro', async ({
  app,
  page,
}) => {
  const { places, copies } = await listen(page);
  await app.open('?backend=webgpu');
  await app.picture(tiny);
  // Text encoder, UNet and decoder.
  expectAllOnGpu(places(), 3);
  expect(copies()).toEqual([]);
});

test('nor with a downloaded model that begins from a picture', async ({ app, page, sheet, hub }) => {
  // A software adapter on a busy machine takes a minute or two for a step.
  test.slow();
  hub.publish('someone/mini', { files: miniature });
  await sheet.fetch('someone/mini');
  await sheet.close();
  const { places, copies } = await listen(page);
  await app.open('?backend=webgpu');
  await expect(sheet.chip).toContainText('mini');
  await app.openAdvanced();
  const source = { name: 'grey.png', mimeType: 'image/png', buffer: Buffer.from(makePng(64, 64)) };
  await page.getByLabel('Source picture').setInputFiles(source);
  await app.picture(tiny);
  // The encoder too.
  expectAllOnGpu(places(), 4);
  expect(copies()).toEqual([]);
});
