/**
 * Half precision → single precision → the CPU. Chromium's software adapter has no half precision, so here it says that it has: then shaders
 * in float16 are refused, as by a driver that promises too much, and what ONNX Runtime folds when a session is made is computed in float16.
 */
import type { Page } from '@playwright/test';
import { half, overflowing, partlyHalf, type Files } from '../src/testing/hub/models.ts';
import { chromiumArgs, findChromium } from './browser.ts';
import { goldenWanted } from './golden-picture.ts';
import { expect, test as base } from './hub-test.ts';
import type { ModelsSheet } from './models-sheet.ts';
import { mostDifference, type Pixels } from './pixels.ts';

const executablePath = findChromium();
const wanted = { ...goldenWanted, steps: 1 };

interface Drawn {
  readonly picture: Pixels;
  /** The same without a GPU. */
  readonly onCpu: Pixels;
  /** How many results of the GPU were spoiled. */
  readonly spoiled: number;
}

/** `draw`: a picture with a model on such a GPU. `plain` is a model of the same numbers that the CPU draws. */
const test = base.extend<{
  draw: (model: { files: Files; plain: Files; script: string }) => Promise<Drawn>;
}>({
  draw: ({ app, page, sheet, hub }, use) =>
    use(async ({ files, plain, script }) => {
      hub.publish('someone/plain', { files: plain });
      hub.publish('someone/tried', { files });
      await fetchModel(sheet, 'plain');
      await sheet.close();
      const onCpu = await app.picture(wanted);
      await sheet.open();
      await fetchModel(sheet, 'tried');
      await sheet.close();
      let spoiled = 0;
      page.on('console', (message) => (spoiled += message.text() === spoiling ? 1 : 0));
      await changeEngine(page, script);
      await app.open('?backend=webgpu');
      await expect(sheet.chip).toContainText('tried');
      return { picture: await app.picture(wanted), onCpu, spoiled };
    }),
});

/** Files in float16 have names that say so, and so has the model then. */
async function fetchModel(sheet: ModelsSheet, name: string): Promise<void> {
  await sheet.look(`someone/${name}`);
  const found = sheet.dialog.getByRole('list', { name: 'Found' }).getByRole('listitem', { name });
  const fullName = (await found.getAttribute('aria-label')) ?? name;
  await found.getByRole('button', { name: /^Download/ }).click();
  await sheet.expectStored(fullName);
}

test.use({
  // The engine's script is changed on its way, which the service worker would not see.
  serviceWorkers: 'block',
  launchOptions: {
    args: [...chromiumArgs, '--enable-unsafe-webgpu'],
    ...(executablePath === undefined ? {} : { executablePath }),
  },
});

// A software adapter on a busy machine takes a minute or two for a step.
test.beforeEach(() => test.slow());

const toCpu = /the work goes on with the CPU/;
const madeAgain = /came out empty at first, so it was made again in a slower, safer way/;
const inSingle = /could not do it in half precision; the work goes on in single precision/;

async function expectNotice(page: Page, words: RegExp): Promise<void> {
  await expect(page.getByText(words)).toBeVisible();
  for (const other of [toCpu, madeAgain, inSingle])
    if (other !== words) await expect(page.getByText(other)).toBeHidden();
}

test('a weight that overflows in float16: the GPU draws again in single precision', async ({
  draw,
  page,
}) => {
  const { picture, onCpu } = await draw({ files: overflowing, plain: partlyHalf, script: claimHalf });
  await expectNotice(page, madeAgain);
  expect(mostDifference(picture, onCpu)).toBeLessThanOrEqual(2);
});

test('kernels refused in float16: the GPU goes on in single precision, and nothing is said to be empty', async ({
  draw,
  page,
}) => {
  const { picture, onCpu } = await draw({ files: half, plain: half, script: claimHalf });
  await expectNotice(page, inSingle);
  expect(mostDifference(picture, onCpu)).toBeLessThanOrEqual(2);
});

test('no numbers in float16, and none in float32: the CPU draws', async ({ draw, page }) => {
  const script = claimHalf + spoilResults;
  const { picture, onCpu, spoiled } = await draw({ files: partlyHalf, plain: partlyHalf, script });
  await expectNotice(page, madeAgain);
  // The prompt's embedding, once in each precision.
  expect(spoiled).toBe(2);
  expect(mostDifference(picture, onCpu)).toBe(0);
});

/** `script` runs in the engine worker before its own code. */
const changeEngine = (page: Page, script: string) =>
  page.route(/\/assets\/main-[^/]*\.js$/, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: script + (await response.text()) });
  });

/** Adapter and device say that they compute in float16; the device is asked for without. */
const claimHalf = `
  if (globalThis.GPUAdapter) {
    for (const { prototype } of [GPUAdapter, GPUDevice]) {
      const { get } = Object.getOwnPropertyDescriptor(prototype, 'features');
      Object.defineProperty(prototype, 'features', {
        get() {
          const features = get.call(this);
          const has = (name) => name === 'shader-f16' || features.has(name);
          return new Proxy(features, {
            get: (_, key) => {
              if (key === 'has') return has;
              const value = features[key];
              return typeof value === 'function' ? value.bind(features) : value;
            },
          });
        },
      });
    }
    const request = GPUAdapter.prototype.requestDevice;
    GPUAdapter.prototype.requestDevice = function (wanted) {
      const requiredFeatures = wanted.requiredFeatures.filter((name) => name !== 'shader-f16');
      return request.call(this, { ...wanted, requiredFeatures });
    };
  }
`;

const spoiling = 'a result is spoiled';

/** From the moment when the prompt is read, whatever comes back from the GPU is no number, in either precision. */
const spoilResults = `
  let spoils = false;
  const post = self.postMessage;
  self.postMessage = (message, ...rest) => {
    if (message.event?.phase === 'encode') spoils = true;
    return post.call(self, message, ...rest);
  };
  const map = GPUBuffer.prototype.getMappedRange;
  GPUBuffer.prototype.getMappedRange = function (...place) {
    const range = map.apply(this, place);
    if (!spoils || !(this.usage & GPUBufferUsage.MAP_READ)) return range;
    console.log('${spoiling}');
    new Uint32Array(range).fill(0x7fff7fff);
    return range;
  };
`;
