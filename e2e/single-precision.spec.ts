/** A float16 model on a GPU without half precision: Chromium's software adapter has none. */
import { half } from '../src/testing/hub/models.ts';
import { goldenWanted } from './golden-picture.ts';
import { computeOnlyWhatIsAsked, softwareGpu } from './software-gpu.ts';
import { expect, test } from './hub-test.ts';
import { mostDifference } from './pixels.ts';

test.use(softwareGpu);
computeOnlyWhatIsAsked();

test.beforeEach(({ page }) =>
  page.route(/\/assets\/main-[^/]*\.js$/, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: seemReal + (await response.text()) });
  }),
);

test('is drawn by the GPU in single precision, as the sheet says, and looks as on the CPU', async ({
  app,
  page,
  sheet,
  hub,
}) => {
  // A software adapter on a busy machine takes a minute or two for a step.
  test.slow();
  hub.publish('someone/half', { files: half });
  await sheet.look('someone/half');
  const found = sheet.found('half (fp16)');
  await expect(found).toContainText('it draws in single precision: a little slower');
  await found.getByRole('button', { name: /^Download/ }).click();
  await sheet.expectStored('half (fp16)');
  await sheet.close();
  const cpu = await app.picture({ ...goldenWanted, steps: 1 });

  await app.open('?backend=webgpu');
  await expect(sheet.chip).toContainText('half');
  const gpu = await app.picture({ ...goldenWanted, steps: 1 });
  await expect(page.getByText(/the work goes on with the CPU|in a slower, safer way/)).toBeHidden();
  expect(mostDifference(gpu, cpu)).toBeLessThanOrEqual(2);
});

/** Runs in the engine worker before its own code: the software adapter no longer says that it is one, so that it counts as a GPU. */
const seemReal = `
  if (globalThis.GPUAdapter) {
    const { get } = Object.getOwnPropertyDescriptor(GPUAdapter.prototype, 'info');
    const told = { isFallbackAdapter: false, architecture: 'test', device: 'test', description: 'test' };
    Object.defineProperty(GPUAdapter.prototype, 'info', {
      get() {
        const info = get.call(this);
        return new Proxy(info, { get: (_, key) => (key in told ? told[key] : Reflect.get(info, key)) });
      },
    });
  }
`;
