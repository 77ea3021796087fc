/** The API makes things as the page does: with the same lock, the same memory and the same measured times. */
import { expect, test } from 'vitest';
import { jsonOf, openApiPage } from '../../testing/api-page.ts';
import { loadedModel, pictureEvents } from '../../testing/held-engine.ts';
import type { VideoEngine } from '../../engine/video-protocol.ts';
import { localKeys } from '../../engine/stored-names.ts';

test('a large model is loaded for a script only once this tab may hold one', async () => {
  const order: string[] = [];
  let allow: () => void = () => undefined;
  const asked = new Promise<void>((resolve) => (allow = resolve));
  const page = openApiPage({
    modelLock: {
      acquire: async () => {
        order.push('asked for');
        await asked;
        order.push('granted');
      },
      release: () => undefined,
      takeOver: () => undefined,
    },
  });
  const answer = page.ask('POST', '/generate', { prompt: 'a cat' });
  const load = page.held.next('load').then((call) => {
    order.push('loaded');
    call.resolve(loadedModel);
  });
  await expect.poll(() => order).toContain('asked for');
  allow();
  await load;
  const call = await page.held.next('generate');
  pictureEvents(call.params, 0).forEach((event) => call.emit(event));
  call.resolve({ backend: 'wasm' });
  expect((await answer).status).toBe(200);
  expect(order).toEqual(['asked for', 'granted', 'loaded']);
});

const film = { scenes: ['a', 'b'], num_inference_steps: 1, width: 1024, height: 1024, transition: 'none' };

/** Lets the engine make both pictures of a film, and tells whether it still ran while the file was written. */
async function ranWhileWriting(body: unknown): Promise<boolean | undefined> {
  let ran: boolean | undefined;
  const video = {
    call: () => {
      ran = page.app.host.running();
      const file = new Blob(['film'], { type: 'video/mp4' });
      return Promise.resolve({ file, encoder: 'webcodecs', totalFrames: 10, elapsedMs: 1000 });
    },
    terminate: () => undefined,
  } as unknown as VideoEngine;
  const page = openApiPage({ startVideo: () => Promise.resolve(video) });
  const answer = page.ask('POST', '/generate-video', body);
  (await page.held.next('load')).resolve(loadedModel);
  for (let made = 0; made < 2; made++) {
    const call = await page.held.next('generate');
    pictureEvents(call.params, 0).forEach((event) => call.emit(event));
    call.resolve({ backend: 'wasm' });
  }
  expect((await answer).status).toBe(200);
  return ran;
}

test('a long film for a script is written without the idle engine, a short one beside it', async () => {
  expect(await ranWhileWriting({ ...film, duration_per_scene: 10, fps: 60 })).toBe(false);
  expect(await ranWhileWriting({ ...film, duration_per_scene: 1, fps: 24 })).toBe(true);
});

/** Twenty frames of 1024 × 1024, two of which are new. */
const modelledSec = 0.3 + (20 * 0.01 + 2 * 0.03) * 1.048576;

test('the estimate of a film knows how fast this device has written films before', async () => {
  const measured = { time: 101, size: 1 };
  const stored = { [localKeys.encodeTimings]: JSON.stringify({ version: 2, timings: { mp4: measured } }) };
  const estimate = async (page: ReturnType<typeof openApiPage>) => {
    const answer = page.ask('POST', '/generate-video/info', { ...film, duration_per_scene: 1, fps: 10 });
    await page.draw();
    return (await jsonOf(await answer))['estimated_generation_time_seconds'] as number;
  };
  const typical = await estimate(openApiPage());
  const known = await estimate(openApiPage({ stored }));
  expect(known - typical).toBeCloseTo(100 * modelledSec, 0);
});

test('what a script’s film took to write is measured too', async () => {
  const page = openApiPage({
    startVideo: () =>
      Promise.resolve({
        call: (name: string) => {
          if (name === 'detail') return Promise.resolve(1);
          const file = new Blob(['film'], { type: 'video/mp4' });
          return Promise.resolve({ file, encoder: 'webcodecs', totalFrames: 10, elapsedMs: 5000 });
        },
        terminate: () => undefined,
      } as unknown as VideoEngine),
  });
  const answer = page.ask('POST', '/generate-video', { ...film, duration_per_scene: 1, fps: 10 });
  await page.draw();
  const call = await page.held.next('generate');
  pictureEvents(call.params, 0).forEach((event) => call.emit(event));
  call.resolve({ backend: 'wasm' });
  expect((await answer).status).toBe(200);
  const { encodeTimings } = page.app.store.getState();
  expect(encodeTimings.mp4?.time).toBeCloseTo(5 / modelledSec);
});
