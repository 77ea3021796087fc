import { expect, test, vi } from 'vitest';
import { AppError } from '../../domain/errors.ts';
import { jsonOf, openApiPage, textOf } from '../../testing/api-page.ts';
import { loadedModel, pictureEvents } from '../../testing/held-engine.ts';
import { abortError } from '../../engine/rpc.ts';
import type { Gallery } from '../gallery/storage/gallery.ts';
import { inEnglish } from '../../testing/english.ts';
import type { NewWork } from '../making/new-work.ts';

const async = { headers: { prefer: 'respond-async' } };

test('a picture comes as a file with its seed', async () => {
  const page = openApiPage();
  const answer = page.ask('POST', '/generate', { prompt: 'a cat', seed: 7 });
  const { settings } = await page.draw();
  expect(settings).toMatchObject({
    prompt: 'a cat',
    steps: 25,
    seed: 7,
    width: 256,
    height: 256,
    guidanceScale: 4,
    sampler: 'ddim',
  });
  expect((await answer).status).toBe(200);
  expect((await answer).headers).toMatchObject({
    'content-type': 'image/png',
    'content-disposition': 'attachment; filename="job-1.png"',
    'x-seed': '7',
  });
  expect((await answer).body).toBeInstanceOf(Blob);
});

test('a picture comes as JSON with base64', async () => {
  const page = openApiPage();
  const answer = page.ask('POST', '/generate', {
    prompt: 'é🙂',
    return_base64: true,
    num_inference_steps: 3,
  });
  await page.draw();
  const { image_base64, ...rest } = await jsonOf(await answer);
  expect(rest).toEqual({ success: true, prompt: 'é🙂', steps: 3, format: 'png', seed: 2 ** 31 });
  const png = JSON.parse(Buffer.from(image_base64 as string, 'base64').toString()) as { recipe: unknown };
  expect(png.recipe).toMatchObject({ settings: { prompt: 'é🙂' }, model: { id: 'built-in' } });
});

test('a size that the model does not take is drawn near its trained area and cut to size', async () => {
  const page = openApiPage();
  const answer = page.ask('POST', '/generate', { prompt: 'a', width: 640, height: 360 });
  const { settings } = await page.draw();
  expect(settings).toMatchObject({ width: 352, height: 192 });
  expect(await jsonOf(await answer)).toMatchObject({ width: 640, height: 360 });
});

test('many requests of one client leave room for that of another', async () => {
  const page = openApiPage();
  const ask = (prompt: string, client: string) =>
    page.ask('POST', '/generate', { prompt }, { headers: { 'user-agent': client, ...async.headers } });
  for (const prompt of ['one', 'two', 'three']) await ask(prompt, 'script');
  await ask('other', 'curl');
  const prompts: string[] = [];
  for (let made = 0; made < 4; made++) prompts.push((await page.draw()).settings.prompt);
  expect(prompts).toEqual(['one', 'other', 'two', 'three']);
});

/** A gallery that does with a work what the test wants. */
const keepingWith = (add: (work: NewWork) => Promise<unknown>) => ({
  gallery: () => Promise.resolve({ add } as Pick<Gallery, 'add'> as Gallery),
  usage: () => Promise.resolve(null),
});

test('what scripts ask for lies in the gallery too, marked so', async () => {
  const kept: NewWork[] = [];
  const keeping = keepingWith((work) => Promise.resolve({ id: kept.push(work) }));
  const page = openApiPage({ keeping });
  const answer = page.ask('POST', '/generate', { prompt: 'a cat', width: 640, height: 360 });
  await page.draw();
  const file = (await answer).body;
  await vi.waitFor(() => expect(kept).toHaveLength(1));
  expect(kept[0]).toMatchObject({ kind: 'image', text: 'a cat', width: 640, height: 360, via: 'api' });
  expect(kept[0]!.file).toBe(file);
  expect(kept[0]!.recipe).toMatchObject({ settings: { prompt: 'a cat', width: 352 } });
});

test('a full storage fails no request, and is told once until something finds room again', async () => {
  let full = true;
  const keeping = keepingWith(() =>
    full ? Promise.reject(new AppError('storage-full', 'no room')) : Promise.resolve({ id: 'x' }),
  );
  const page = openApiPage({ keeping });
  const told = () => page.app.store.getState().toasts.map(({ message }) => inEnglish(message));
  const once = 'What scripts ask for is made, but does not go to the gallery: the storage is full.';
  const ask = async () => {
    const answer = page.ask('POST', '/generate', { prompt: 'a' });
    await page.draw();
    expect((await answer).status).toBe(200);
    // What the keeping still had to do comes before the next task.
    await new Promise((resolve) => setImmediate(resolve));
  };
  await ask();
  await ask();
  expect(told()).toEqual([once]);
  full = false;
  await ask();
  full = true;
  await ask();
  expect(told()).toEqual([once, once]);
});

test('what the engine refuses is told beside its field, what fails it is told as 500', async () => {
  const page = openApiPage();
  const fail = async (error: Error) => {
    const answer = page.ask('POST', '/generate', { prompt: 'a' });
    (await page.held.next('load')).resolve(loadedModel);
    (await page.held.next('generate')).reject(error);
    return answer;
  };
  const refused = await fail(new AppError('bad-input', 'too many steps', { field: 'steps' }));
  expect(refused.status).toBe(422);
  expect(await jsonOf(refused)).toMatchObject({ detail: [{ loc: ['body', 'num_inference_steps'] }] });
  const failed = await fail(new AppError('out-of-memory', 'no room for the model'));
  expect(failed.status).toBe(500);
  expect(await jsonOf(failed)).toEqual({ detail: 'Generation failed: no room for the model' });
  const next = page.ask('POST', '/generate', { prompt: 'a' });
  await page.draw();
  expect((await next).status).toBe(200);
});

test('a model that is not here is told with those that are', async () => {
  const answer = await openApiPage().ask('POST', '/generate', { prompt: 'a', model: 'x/y' });
  expect(answer.status).toBe(422);
  expect(await textOf(answer)).toContain("there are: 'built-in'");
});

test('health and status tell the device', async () => {
  const page = openApiPage();
  expect(await jsonOf(await page.ask('GET', '/health'))).toEqual({
    status: 'healthy',
    model_loaded: false,
    device: 'not set',
  });
  const json = { headers: { accept: 'application/json' } };
  expect(await jsonOf(await page.ask('GET', '/', undefined, json))).toMatchObject({
    device: 'wasm',
    model: 'built-in',
  });
  const answer = page.ask('POST', '/generate', { prompt: 'a' });
  await page.draw();
  await answer;
  expect(await jsonOf(await page.ask('GET', '/health'))).toMatchObject({
    model_loaded: true,
    device: 'wasm',
  });
});

test('HEAD has the headers and no body', async () => {
  const answer = await openApiPage().ask('HEAD', '/health');
  expect(answer).toMatchObject({ status: 200, body: '', headers: { 'content-type': 'application/json' } });
});

test("a job's result comes in parts, and not again to who has it", async () => {
  const page = openApiPage();
  const { id } = await jsonOf(await page.ask('POST', '/generate', { prompt: 'a' }, async));
  await page.draw();
  const ask = (headers: Record<string, string>, method = 'GET') =>
    page.ask(method, `/jobs/${id as string}/result`, undefined, { headers });
  const whole = await ask({});
  const { etag = '' } = whole.headers;
  const text = await textOf(whole);
  expect(whole).toMatchObject({
    status: 200,
    headers: { 'accept-ranges': 'bytes', etag: `"${id as string}"` },
  });
  const part = await ask({ range: 'bytes=2-4' });
  expect(part).toMatchObject({ status: 206, headers: { 'content-range': `bytes 2-4/${text.length}` } });
  expect(part.headers['content-type']).toBe('image/png');
  expect(await textOf(part)).toBe(text.slice(2, 5));
  expect(await ask({ range: 'bytes=2-4', 'if-range': etag })).toMatchObject({ status: 206 });
  expect(await ask({ range: 'bytes=2-4', 'if-range': '"other"' })).toMatchObject({ status: 200 });
  expect(await ask({ range: `bytes=${text.length}-` })).toMatchObject({
    status: 416,
    headers: { 'content-range': `bytes */${text.length}` },
  });
  expect(await ask({ 'if-none-match': etag })).toMatchObject({ status: 304, body: '', headers: { etag } });
  expect(await ask({}, 'HEAD')).toMatchObject({
    status: 200,
    body: '',
    headers: { 'content-length': String(text.length), etag },
  });
});

test('a client that goes away ends its work, and the next is served', async () => {
  const page = openApiPage();
  const gone = new AbortController();
  const first = page.ask('POST', '/generate', { prompt: 'a' }, { signal: gone.signal });
  const second = page.ask('POST', '/generate', { prompt: 'b' });
  (await page.held.next('load')).resolve(loadedModel);
  const call = await page.held.next('generate');
  gone.abort(abortError());
  expect((await first).status).toBe(499);
  expect(call.aborted()).toBe(true);
  expect((await page.draw()).settings.prompt).toBe('b');
  expect((await second).status).toBe(200);
});

test('twenty at once are all answered, in order, and nothing of them is kept', async () => {
  const page = openApiPage();
  const prompts = Array.from({ length: 20 }, (_, i) => `picture ${i}`);
  const answers = prompts.map((prompt) => page.ask('POST', '/generate', { prompt }));
  const drawn: string[] = [];
  while (drawn.length < prompts.length) drawn.push((await page.draw()).settings.prompt);
  expect(drawn).toEqual(prompts);
  expect((await Promise.all(answers)).map(({ status }) => status)).toEqual(prompts.map(() => 200));
  expect(page.jobs.states()).toEqual([]);
});

test("the person's own work comes before what scripts have asked for earlier", async () => {
  const page = openApiPage();
  const answers = ['a', 'b'].map((prompt) => page.ask('POST', '/generate', { prompt }));
  (await page.held.next('load')).resolve(loadedModel);
  const first = await page.held.next('generate');
  page.app.actions.edit({ prompt: 'mine' });
  page.app.actions.generate();
  pictureEvents(first.params, 0).forEach((event) => first.emit(event));
  first.resolve({ backend: 'wasm' });
  expect((await page.draw()).settings.prompt).toBe('mine');
  expect((await page.draw()).settings.prompt).toBe('b');
  expect((await Promise.all(answers)).map(({ status }) => status)).toEqual([200, 200]);
});

test('with Prefer: respond-async there is a job to ask for and a result to fetch, as often as wanted', async () => {
  const page = openApiPage({ basePath: '/sub' });
  const answer = await page.ask('POST', '/generate', { prompt: 'a', num_inference_steps: 4 }, async);
  expect(answer.status).toBe(202);
  expect(answer.headers).toMatchObject({
    location: '/sub/jobs/job-1',
    'preference-applied': 'respond-async',
  });
  expect(await jsonOf(answer)).toMatchObject({ state: 'queued', result: '/sub/jobs/job-1/result' });
  const waiting = page.ask('GET', '/jobs/job-1/result');
  (await page.held.next('load')).resolve(loadedModel);
  const call = await page.held.next('generate');
  const [encode, first] = pictureEvents(call.params, 0);
  call.emit(encode!);
  call.emit(first!);
  expect(await jsonOf(await page.ask('GET', '/jobs/job-1'))).toMatchObject({
    state: 'running',
    step: 1,
    steps: 4,
    eta_seconds: 0.4,
  });
  pictureEvents(call.params, 0).forEach((event) => call.emit(event));
  call.resolve({ backend: 'wasm' });
  expect((await waiting).status).toBe(200);
  expect(await jsonOf(await page.ask('GET', '/jobs/job-1'))).toMatchObject({ state: 'done', step: 4 });
  expect((await page.ask('GET', '/jobs/job-1/result')).status).toBe(200);
  expect(await textOf(await page.ask('GET', '/jobs'))).toContain('job-1');
  expect((await page.ask('GET', '/jobs/other')).status).toBe(404);
});

test('a client that fetches the result of such a job and goes away does not end it', async () => {
  const page = openApiPage();
  await page.ask('POST', '/generate', { prompt: 'a' }, async);
  const gone = new AbortController();
  const waiting = page.ask('GET', '/jobs/job-1/result', undefined, { signal: gone.signal });
  gone.abort(abortError());
  expect((await waiting).status).toBe(499);
  await page.draw();
  expect((await page.ask('GET', '/jobs/job-1/result')).status).toBe(200);
});

test('DELETE cancels a job, and forgets one that has ended', async () => {
  const page = openApiPage();
  await page.ask('POST', '/generate', { prompt: 'a' }, async);
  const waiting = page.ask('GET', '/jobs/job-1/result');
  await page.held.next('load');
  expect(await jsonOf(await page.ask('DELETE', '/jobs/job-1'))).toMatchObject({ state: 'cancelled' });
  expect(await jsonOf(await waiting)).toEqual({ detail: 'The job was cancelled' });
  expect((await waiting).status).toBe(410);
  await page.ask('DELETE', '/jobs/job-1');
  expect((await page.ask('GET', '/jobs/job-1')).status).toBe(404);
});

test('events tell every state once, and end with the job', async () => {
  const page = openApiPage();
  await page.ask('POST', '/generate', { prompt: 'before' }, async);
  await page.ask('POST', '/generate', { prompt: 'a', num_inference_steps: 2 }, async);
  const events = textOf(await page.ask('GET', '/jobs/job-2/events'));
  await page.draw();
  await page.draw();
  const states = [...(await events).matchAll(/^data: (.*)$/gm)].map(
    ([, data]) => (JSON.parse(data!) as { state: string }).state,
  );
  expect(states[0]).toBe('queued');
  expect(states.at(-1)).toBe('done');
  expect(new Set(states.slice(1, -1))).toEqual(new Set(['running']));
});

test('ended jobs that nobody fetches are let go after some others', async () => {
  const page = openApiPage();
  for (let i = 0; i < 5; i++) {
    await page.ask('POST', '/generate', { prompt: 'a' }, async);
    await page.draw();
    await page.ask('GET', `/jobs/job-${i + 1}/result`);
  }
  await page.ask('POST', '/generate', { prompt: 'a' }, async);
  await page.held.next('load');
  const ids = page.jobs.states().map(({ id }) => id);
  expect(ids).toEqual(['job-3', 'job-4', 'job-5', 'job-6']);
});

test('a client that is sent on keeps its work by coming back', async () => {
  const page = openApiPage();
  const detach = new AbortController();
  const sent = page.ask('POST', '/generate', { prompt: 'a' }, { detach: detach.signal });
  (await page.held.next('load')).resolve(loadedModel);
  detach.abort(abortError());
  await sent;
  const back = page.ask('GET', '/jobs/job-1/result');
  page.runTimers();
  const call = await page.held.next('generate');
  pictureEvents(call.params, 0).forEach((event) => call.emit(event));
  call.resolve({ backend: 'wasm' });
  expect((await back).status).toBe(200);
  expect(page.jobs.states()).toEqual([]);
});

test('a client that is sent on and does not come back has gone', async () => {
  const page = openApiPage();
  const detach = new AbortController();
  const sent = page.ask('POST', '/generate', { prompt: 'a' }, { detach: detach.signal });
  const load = await page.held.next('load');
  detach.abort(abortError());
  await sent;
  expect(load.aborted()).toBe(false);
  page.runTimers();
  expect(load.aborted()).toBe(true);
});

test('an early answer begins with the first step, and its body breaks off when the work fails', async () => {
  const page = openApiPage();
  const answer = page.ask('POST', '/generate', { prompt: 'a', seed: 3 }, { early: true });
  (await page.held.next('load')).resolve(loadedModel);
  const call = await page.held.next('generate');
  const [encode, first] = pictureEvents(call.params, 0);
  call.emit(encode!);
  call.emit(first!);
  expect(await answer).toMatchObject({
    status: 200,
    headers: { 'x-seed': '3', 'content-type': 'image/png' },
  });
  call.reject(new AppError('device-lost', 'the GPU is gone'));
  await expect(textOf(await answer)).rejects.toThrow('the GPU is gone');
});

test('a film comes with its headers', async () => {
  const page = openApiPage({
    makeFilm: (project, { onProgress }) => {
      onProgress({ step: 1, steps: 50, etaSec: null });
      return Promise.resolve(new Blob([project.scenes.map(({ prompt }) => prompt).join()]));
    },
  });
  const answer = await page.ask('POST', '/generate-video', { scenes: ['a', 'b'], hero_description: 'a fox' });
  expect(answer).toMatchObject({
    status: 200,
    headers: {
      'content-type': 'video/mp4',
      'content-disposition': 'attachment; filename="video_job-1.mp4"',
      'x-video-scenes': '2',
      'x-video-duration': '6.5',
      'x-video-fps': '24',
      'x-hero-used': 'true',
      'x-seed': String(2 ** 31),
    },
  });
  expect(await textOf(answer)).toBe('a,b');
});

test('a film that fails says so', async () => {
  const makeFilm = () => Promise.reject(new AppError('encoder-failed', 'no encoder'));
  const answer = await openApiPage({ makeFilm }).ask('POST', '/generate-video', { scenes: ['a', 'b'] });
  expect(answer.status).toBe(500);
  expect(await jsonOf(answer)).toEqual({ detail: 'Video generation failed: no encoder' });
});

test('the estimate comes from steps that were measured here, once', async () => {
  const page = openApiPage();
  const body = { scenes: ['a', 'b', 'c'], num_inference_steps: 10 };
  const answer = page.ask('POST', '/generate-video/info', body);
  expect((await page.draw()).settings).toMatchObject({ steps: 3, width: 256, height: 256 });
  const info = await jsonOf(await answer);
  // 3 pictures of 10 steps of 0.1 s and 0.04 s to decode, then 240 frames of 512 × 512 to encode, 27 of them new.
  expect(info['estimated_generation_time_seconds']).toBe(4.3);
  expect(await jsonOf(await page.ask('POST', '/generate-video/info', body))).toEqual(info);
});
