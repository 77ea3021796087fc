import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ApiRequest, BodyFault } from './http.ts';
import { interpret, type Interpretation, type Task } from './interpret.ts';

const post = (path: string, body: string, headers: Record<string, string> = {}): ApiRequest => ({
  method: 'POST',
  path,
  query: '',
  headers: { 'content-type': 'application/json', ...headers },
  body: { text: body },
});

const get = (path: string, query = '', headers: Record<string, string> = {}): ApiRequest => ({
  method: 'GET',
  path,
  query,
  headers,
  body: { text: '' },
});

function taskOf(interpretation: Interpretation): Task {
  if (interpretation.kind === 'task') return interpretation.task;
  throw new Error(`refused: ${interpretation.answer.status} ${interpretation.answer.body}`);
}

function answerOf(interpretation: Interpretation) {
  if (interpretation.kind === 'answer') return interpretation.answer;
  throw new Error(`accepted: ${JSON.stringify(interpretation.task)}`);
}

const detailOf = (body: string) => (JSON.parse(body) as { detail: unknown }).detail;

test('a picture request gets the defaults of the contract', () => {
  expect(taskOf(interpret(post('/generate', '{"prompt":"a cat"}')))).toEqual({
    kind: 'generate',
    respondAsync: false,
    request: {
      prompt: 'a cat',
      num_inference_steps: 25,
      return_base64: false,
      negative_prompt: '',
      noise: 'torch-cpu',
      variation_seed: 0,
      variation_strength: 0,
      image: null,
      mask: null,
      strength: 0.75,
      masked_content: 'original',
      inpaint_area: 'whole',
      mask_padding: 32,
      mask_feather: 4,
      clip_skip: 1,
      dynamic_prompts: false,
      schedule: null,
      guidance_scale: null,
      seed: null,
      speed: 'exact',
      width: null,
      height: null,
      scheduler: null,
      model: null,
    },
  });
});

test('a film request gets the defaults of the contract', () => {
  const task = taskOf(interpret(post('/generate-video', '{"scenes":["a","b"]}')));
  expect(task).toMatchObject({
    kind: 'generate-video',
    request: {
      scenes: ['a', 'b'],
      hero_description: '',
      num_inference_steps: 25,
      duration_per_scene: 3,
      fps: 24,
      width: 512,
      height: 512,
      transition_frames: 12,
      transition: 'cross-fade',
      motion: 'still',
      format: 'mp4',
    },
  });
});

test('info takes the same fields as a body and as a query', () => {
  const asked = { scenes: ['a b', 'é🙂'], fps: 30, duration_per_scene: 2.5 };
  const byBody = interpret(post('/generate-video/info', JSON.stringify(asked)));
  const byQuery = interpret(
    get('/generate-video/info', 'scenes=a+b&scenes=%C3%A9%F0%9F%99%82&fps=30&duration_per_scene=2.5'),
  );
  expect(byQuery).toEqual(byBody);
});

test('Prefer: respond-async is heard beside other preferences', () => {
  const prefer = (value: string) => taskOf(interpret(post('/generate', '{"prompt":"a"}', { prefer: value })));
  expect(prefer('respond-async')).toMatchObject({ respondAsync: true });
  expect(prefer('wait=10, Respond-Async')).toMatchObject({ respondAsync: true });
  expect(prefer('wait=10')).toMatchObject({ respondAsync: false });
});

describe('what no single field can tell', () => {
  const refusal = (fields: object) => {
    const { status, body } = answerOf(
      interpret(post('/generate-video', JSON.stringify({ scenes: ['a', 'b'], ...fields }))),
    );
    expect(status).toBe(422);
    return detailOf(body) as { loc: unknown[]; msg: string }[];
  };

  test('a scene without a frame', () => {
    expect(refusal({ duration_per_scene: 0.01, fps: 24 })[0]?.loc).toEqual(['body', 'duration_per_scene']);
  });
  test('a film that is too long', () => {
    expect(refusal({ duration_per_scene: 600, fps: 60 })[0]?.loc).toEqual(['body', 'duration_per_scene']);
  });
  test('too many pixels', () => {
    expect(refusal({ width: 3840, height: 3840 })[0]?.loc).toEqual(['body', 'height']);
  });
  test('a blank scene', () => {
    expect(refusal({ scenes: ['a', ' \n'] })[0]?.loc).toEqual(['body', 'scenes', 1]);
  });
});

describe('JSON that Python would let pass and we do not', () => {
  test.each([
    ['a key twice', '{"prompt":"a","prompt":"b"}', 'Duplicate property name', 14],
    ['NaN', '{"prompt":"a","seed":NaN}', 'Expecting value', 21],
    ['infinity', '{"prompt":"a","guidance_scale":-Infinity}', 'Expecting value', 31],
    ['endless nesting', '['.repeat(100_000), 'Nested too deeply', 65],
  ])('%s', (_name, body, error, position) => {
    const { status, body: told } = answerOf(interpret(post('/generate', body)));
    expect(status).toBe(422);
    expect(detailOf(told)).toEqual([
      { type: 'json_invalid', loc: ['body', position], msg: 'JSON decode error', input: {}, ctx: { error } },
    ]);
  });
});

test('half a surrogate pair is no text', () => {
  const { body } = answerOf(interpret(post('/generate', '{"prompt":"a\\ud800b"}')));
  expect(detailOf(body)).toMatchObject([{ type: 'string_unicode', loc: ['body', 'prompt'] }]);
});

test('a body that was too large or no UTF-8 is told so', () => {
  const faulty = (fault: 'too-large' | 'unreadable') =>
    answerOf(interpret({ ...post('/generate', ''), body: { fault } }));
  expect(faulty('too-large').status).toBe(413);
  expect(faulty('unreadable')).toMatchObject({
    status: 400,
    body: '{"detail":"There was an error parsing the body"}',
  });
});

describe('routes', () => {
  test('GET / is the API for who asks for JSON only', () => {
    const status = (accept?: string) => interpret(get('/', '', accept === undefined ? {} : { accept }));
    expect(taskOf(status('application/json'))).toEqual({ kind: 'status' });
    expect(taskOf(status('application/json, text/plain, */*'))).toEqual({ kind: 'status' });
    expect(answerOf(status('text/html,application/xhtml+xml,*/*;q=0.8')).status).toBe(404);
    expect(answerOf(status('text/html, application/json;q=0.5')).status).toBe(404);
    expect(answerOf(status()).status).toBe(404);
  });
  test('an unknown path is 404 and a wrong method 405 with what is allowed', () => {
    expect(answerOf(interpret(get('/nothing')))).toMatchObject({
      status: 404,
      body: '{"detail":"Not Found"}',
    });
    const refused = answerOf(interpret(get('/generate')));
    expect(refused).toMatchObject({ status: 405, body: '{"detail":"Method Not Allowed"}' });
    expect(refused.headers['allow']).toBe('POST, OPTIONS');
    expect(answerOf(interpret({ ...get('/health'), method: 'PUT' })).headers['allow']).toBe(
      'GET, HEAD, OPTIONS',
    );
  });
  test('OPTIONS tells what is allowed, without a word to other origins', () => {
    const { status, headers } = answerOf(interpret({ ...get('/jobs/a-1'), method: 'OPTIONS' }));
    expect(status).toBe(204);
    expect(headers['allow']).toBe('GET, DELETE, HEAD, OPTIONS');
    expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
  });
  test('a slash too many is redirected with method and body', () => {
    expect(answerOf(interpret(post('/generate/', '')))).toMatchObject({
      status: 307,
      headers: { location: '/generate' },
    });
  });
  test('jobs', () => {
    expect(taskOf(interpret(get('/jobs/a-1/events')))).toEqual({ kind: 'job-events', id: 'a-1' });
    expect(taskOf(interpret({ ...get('/jobs/a-1'), method: 'DELETE' }))).toEqual({
      kind: 'cancel-job',
      id: 'a-1',
    });
  });
});

describe('hostile bodies', () => {
  /** Whatever comes: no throw, 4xx in FastAPI's shape, JSON, and soon. */
  const refused = (request: ApiRequest) => {
    // Of the processor, whatever else the machine does.
    const start = process.cpuUsage();
    const { status, body, headers } = answerOf(interpret(request));
    expect(process.cpuUsage(start).user / 1e6).toBeLessThan(10);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
    expect(headers['content-type']).toBe('application/json');
    expect(body.length).toBeLessThan(100_000);
    const detail = detailOf(body);
    if (typeof detail === 'string') return;
    for (const problem of detail as Record<string, unknown>[]) {
      expect(typeof problem['type']).toBe('string');
      expect(typeof problem['msg']).toBe('string');
      expect(Array.isArray(problem['loc'])).toBe(true);
      expect('input' in problem).toBe(true);
    }
  };
  const paths = fc.constantFrom('/generate', '/generate-video', '/generate-video/info');
  const runs = { numRuns: 400 };

  test('no prompt, whatever else there is', () => {
    const noPrompt = fc.object({ maxDepth: 3 }).filter((body) => !('prompt' in body) && !('scenes' in body));
    fc.assert(
      fc.property(paths, noPrompt, (path, body) => refused(post(path, JSON.stringify(body)))),
      runs,
    );
  });

  test('a wrong value in any field', () => {
    const wrong = fc.oneof(
      fc.constantFrom('x', '', 'NaN', '∞', [], {}, [[]], -1, 1e308, -0.5, 0.5, '1e999', '--1'),
      fc.integer({ max: -1 }),
      fc.array(fc.string(), { minLength: 1 }),
      fc.dictionary(fc.string(), fc.string()),
    );
    const field = fc.constantFrom('fps', 'width', 'height', 'num_inference_steps', 'transition_frames');
    fc.assert(
      fc.property(field, wrong, (name, value) =>
        refused(post('/generate-video', JSON.stringify({ scenes: ['a', 'b'], [name]: value }))),
      ),
      runs,
    );
  });

  test('broken JSON', () => {
    const whole = '{"prompt":"é🙂\\n","seed":-1.5e3,"scenes":["a",{"b":[null,true]}]}';
    fc.assert(
      fc.property(paths, fc.nat({ max: whole.length - 1 }), (path, at) =>
        refused(post(path, whole.slice(0, at))),
      ),
      runs,
    );
    fc.assert(
      fc.property(paths, fc.string({ unit: 'binary' }), (path, text) => refused(post(path, `{${text}`))),
      runs,
    );
  });

  test('another content type', () => {
    const type = fc.constantFrom(
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data',
      'json',
    );
    fc.assert(
      fc.property(paths, type, fc.string({ minLength: 1 }), (path, contentType, text) =>
        refused(post(path, text, { 'content-type': contentType })),
      ),
      runs,
    );
  });

  test('a megabyte of faults, of depth, of text, of keys', () => {
    const many = (item: string, count: number) => Array.from({ length: count }, () => item).join(',');
    refused(post('/generate-video', `{"scenes":[${many('1', 400_000)}]}`));
    refused(post('/generate-video', `{"scenes":[${many('"a"', 250_000)}]}`));
    refused(post('/generate', '{"a":'.repeat(150_000)));
    refused(post('/generate', `{"prompt":"${'🙂'.repeat(240_000)}"}`));
    refused(
      post(
        '/generate',
        `{${many('"a":1', 1)},${Array.from({ length: 80_000 }, (_, i) => `"k${i}":1`).join()}}`,
      ),
    );
    refused(get('/generate-video/info', 'scenes=a&'.repeat(100_000)));
  });
});

test('fields of a form are read like those of JSON', () => {
  const ask = (path: string, form: string) =>
    interpret({ method: 'POST', path, query: '', headers: {}, body: { form } });
  expect(ask('/generate', 'prompt=a+fox&num_inference_steps=5&return_base64=true&seed=3')).toMatchObject({
    task: { request: { prompt: 'a fox', num_inference_steps: 5, return_base64: true, seed: 3 } },
  });
  expect(ask('/generate-video', 'scenes=a&scenes=b&fps=12')).toMatchObject({
    task: { request: { scenes: ['a', 'b'], fps: 12 } },
  });
  expect(ask('/generate', 'steps=5')).toMatchObject({ answer: { status: 422 } });
});

test('JSON that was not called so is refused with a word of what to do', () => {
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const body = { text: '{"prompt":"a"}' };
  const told = interpret({ method: 'POST', path: '/generate', query: '', headers, body });
  expect(told).toMatchObject({ kind: 'answer', answer: { status: 422 } });
  expect(told.kind === 'answer' && told.answer.body).toContain('Content-Type: application/json');
});

test('what cannot be read is told with what can', () => {
  const faulty = (fault: BodyFault) => {
    const told = interpret({ method: 'POST', path: '/generate', query: '', headers: {}, body: { fault } });
    return told.kind === 'answer' ? told.answer : undefined;
  };
  expect(faulty('unknown-encoding')).toMatchObject({
    status: 415,
    headers: { 'accept-encoding': 'gzip, deflate' },
  });
  expect(faulty('unknown-charset')?.body).toContain('UTF-8');
});

const picture = Buffer.from('a picture').toString('base64');
const posted = (path: string, fields: unknown) => {
  const body = { text: JSON.stringify(fields) };
  return interpret({ method: 'POST', path, query: '', headers: {}, body });
};
const refusal = (path: string, fields: unknown) => {
  const told = posted(path, fields);
  const { status, body } = (told as { answer: { status: number; body: string } }).answer;
  return [status, ...(JSON.parse(body) as { detail: { loc: unknown }[] }).detail.map(({ loc }) => loc)];
};

test('a picture may begin from another, whole or under a mask', () => {
  const fields = { prompt: 'a', image: picture, mask: `data:image/png;base64,${picture}` };
  const usual = { strength: 0.75, masked_content: 'original', inpaint_area: 'whole', mask_feather: 4 };
  for (const path of ['/generate', '/inpaint'])
    expect(posted(path, fields)).toMatchObject({
      task: { kind: 'generate', request: { ...fields, ...usual } },
    });
  expect(posted('/upscale', { image: picture })).toMatchObject({
    task: { kind: 'upscale', request: { image: picture, scale: 2, method: 'filter' } },
  });
});

test('a mask needs its picture, and what is sent is base64', () => {
  expect(refusal('/generate', { prompt: 'a', mask: picture })).toEqual([422, ['body', 'image']]);
  expect(refusal('/inpaint', { prompt: 'a' })).toEqual([422, ['body', 'image'], ['body', 'mask']]);
  expect(refusal('/generate', { prompt: 'a', image: 'https://somewhere.test/a.png' })).toEqual([
    422,
    ['body', 'image'],
  ]);
  // As a form says it.
  expect(posted('/upscale', { image: picture, scale: '4' })).toMatchObject({
    task: { request: { scale: 4 } },
  });
  expect(refusal('/upscale', { image: picture, scale: 3 })).toEqual([422, ['body', 'scale']]);
  expect(refusal('/upscale', { image: picture, scale: 'two' })).toEqual([422, ['body', 'scale']]);
  expect(refusal('/upscale', { image: picture, method: 'magic' })).toEqual([422, ['body', 'method']]);
});
