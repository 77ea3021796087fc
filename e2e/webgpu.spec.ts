/** Real WebGPU on Chromium's software adapter: right, and very slow, so these are few and tiny. */
import { rmsDifference } from './pixels.ts';
import { computeOnlyWhatIsAsked, softwareGpu } from './software-gpu.ts';
import { expect, test } from './test.ts';

test.use(softwareGpu);
computeOnlyWhatIsAsked();

const tiny = { prompt: 'a calm beach at sunset', steps: 2, seed: 3, width: 64, height: 64 };

test('WebGPU and WASM agree within 2 %', async ({ app, page }) => {
  await app.open('?backend=webgpu');
  const gpu = await app.picture(tiny);
  await expect(page.getByText(/the work goes on with the CPU/)).toBeHidden();
  await app.open('?backend=wasm');
  const cpu = await app.picture(tiny);
  expect(rmsDifference(gpu, cpu)).toBeLessThan(0.02);
});

test('a GPU lost in the middle: the work goes on with WASM, a notice says so, the picture is the same', async ({
  app,
  page,
}) => {
  await page.route(/\/assets\/main-[^/]*\.js$/, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: loseDeviceLater + (await response.text()) });
  });
  await app.open('?backend=webgpu');
  const saved = await app.picture({ ...tiny, steps: 4 });
  await expect(page.getByText(/the work goes on with the CPU/)).toBeVisible();
  await app.open('?backend=wasm');
  expect(rmsDifference(saved, await app.picture({ ...tiny, steps: 4 }))).toBeLessThan(0.02);
});

/** Runs in the engine worker before its own code: destroys the device once two steps have been told to the page. */
const loseDeviceLater = `
  const devices = [];
  const request = GPUAdapter.prototype.requestDevice;
  GPUAdapter.prototype.requestDevice = async function (...args) {
    const device = await request.apply(this, args);
    devices.push(device);
    return device;
  };
  const post = self.postMessage;
  self.postMessage = (message, ...rest) => {
    if (message.event?.phase === 'denoise' && message.event.step === 2) devices.forEach((device) => device.destroy());
    return post.call(self, message, ...rest);
  };
`;
