/** What the API is asked and what it must answer, whichever way the request comes. */
import { makePng } from '../src/testing/png.ts';
import { maxBodyBytes } from '../src/domain/api/http.ts';
import { filmDefaults } from '../src/domain/video/project.ts';

export interface ApiCase {
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** The same for scripts, where there is one: `window.zoetrope[call](fields)`. */
  readonly script?: {
    readonly call: 'generate' | 'inpaint' | 'upscale' | 'generateVideo' | 'videoInfo' | 'status';
    readonly fields?: unknown;
  };
  readonly answer: {
    readonly status: number;
    /** Each must match. */
    readonly headers?: Readonly<Record<string, RegExp>>;
    /** Must hold at least this. */
    readonly json?: Record<string, unknown>;
    readonly file?: 'png' | 'mp4';
    /** Of a picture. */
    readonly size?: readonly [width: number, height: number];
    /** From this column on the picture is that one, to the byte. */
    readonly keeps?: { readonly image: string; readonly right: number };
  };
}

const json = { 'content-type': 'application/json' };
const uuid = '[0-9a-f]{8}-[0-9a-f-]{27}';

function post(
  name: string,
  path: string,
  fields: unknown,
  answer: ApiCase['answer'],
  call?: NonNullable<ApiCase['script']>['call'],
): ApiCase {
  const script = call && { script: { call, fields } };
  return { name, method: 'POST', path, headers: json, body: JSON.stringify(fields), answer, ...script };
}

/** A body as it stands, which no script could hand over. */
const raw = (name: string, path: string, body: string, answer: ApiCase['answer']): ApiCase => ({
  ...{ name, method: 'POST', path, headers: json, body, answer },
});

const problem = (type: string, ...loc: (string | number)[]) => ({
  detail: [{ type, loc: ['body', ...loc] }],
});
const unprocessable = (type: string, ...loc: (string | number)[]) => ({
  status: 422,
  json: problem(type, ...loc),
});

const film = {
  scenes: ['a calm beach at sunset', 'snowy mountains at noon'],
  duration_per_scene: 0.5,
  seed: 9,
};
const filmAnswer = {
  status: 200,
  file: 'mp4',
  headers: {
    'content-type': /^video\/mp4$/,
    'content-disposition': new RegExp(`filename="video_${uuid}\\.mp4"`),
    'x-video-scenes': /^2$/,
    'x-video-duration': /^1\.5$/,
    'x-video-fps': /^24$/,
    'x-hero-used': /^true$/,
    'x-seed': /^9$/,
  },
} as const;

const threeScenes = { scenes: ['a', 'b', 'c'] };
const info = {
  scenes_count: 3,
  frames_per_scene: 72,
  transition_frames: filmDefaults.transition.frames,
  total_frames: 240,
  total_duration_seconds: 10,
  fps: 24,
  resolution: '512x512',
};

/** Grey ramps; and a mask that is white in its left half. */
const image = Buffer.from(makePng(64, 48)).toString('base64');
const mask = Buffer.from(makePng(64, 48, [], (x) => (x < 32 ? 255 : 0))).toString('base64');
const sized = (width: number, height: number) =>
  ({ status: 200, file: 'png', size: [width, height] }) as const;

export const apiCases: readonly ApiCase[] = [
  {
    name: 'status',
    method: 'GET',
    path: '/',
    headers: { accept: 'application/json' },
    script: { call: 'status' },
    answer: {
      status: 200,
      json: {
        status: 'running',
        device: 'wasm',
        model: 'built-in',
        endpoints: {
          generate_image: '/generate',
          generate_video: '/generate-video',
          video_info: '/generate-video/info',
        },
      },
    },
  },
  post(
    'a picture as a file',
    '/generate',
    { prompt: 'a calm beach at sunset', num_inference_steps: 3, seed: 7 },
    {
      status: 200,
      file: 'png',
      headers: {
        'content-type': /^image\/png$/,
        'content-disposition': new RegExp(`filename="${uuid}\\.png"`),
        'x-seed': /^7$/,
      },
    },
    'generate',
  ),
  post(
    'a picture in JSON, with a prompt in many scripts',
    '/generate',
    { prompt: 'пляж 海灘 🏖️ "é"', num_inference_steps: 2, seed: 0, return_base64: true },
    {
      status: 200,
      json: { success: true, prompt: 'пляж 海灘 🏖️ "é"', steps: 2, seed: 0, format: 'png' },
      headers: { 'content-type': /^application\/json$/, 'x-seed': /^0$/ },
    },
  ),
  post(
    'a picture that begins from another has its size',
    '/generate',
    { prompt: 'a calm beach', num_inference_steps: 2, image, strength: 0.5 },
    sized(64, 48),
    'generate',
  ),
  post(
    'a part of a picture is drawn anew',
    '/inpaint',
    { prompt: 'a calm beach', num_inference_steps: 2, image, mask, strength: 1, mask_feather: 0 },
    { ...sized(64, 48), keeps: { image, right: 32 } },
    'inpaint',
  ),
  post('a picture made larger', '/upscale', { image, scale: 4 }, sized(256, 192), 'upscale'),
  post(
    'a picture made larger with detail',
    '/upscale',
    { image, method: 'detail', prompt: 'a calm beach', num_inference_steps: 2, strength: 0.5 },
    sized(128, 96),
    'upscale',
  ),
  post(
    'a mask without its picture',
    '/generate',
    { prompt: 'a', mask },
    unprocessable('missing', 'image'),
    'generate',
  ),
  post(
    'a picture that is none',
    '/inpaint',
    { prompt: 'a', image: 'AAAA', mask },
    unprocessable('value_error', 'image'),
    'inpaint',
  ),
  post(
    'a picture whose prompt leaves something to chance',
    '/generate',
    {
      prompt: 'a {calm|calm} {2$$beach|beach}',
      num_inference_steps: 1,
      seed: 3,
      dynamic_prompts: true,
      return_base64: true,
    },
    { status: 200, json: { prompt: 'a calm beach, beach', seed: 3 } },
  ),
  post(
    'a picture whose prompt has braces, for clients that never heard of choices',
    '/generate',
    { prompt: 'a {calm|wild} beach', num_inference_steps: 1, seed: 3, return_base64: true },
    { status: 200, json: { prompt: 'a {calm|wild} beach', seed: 3 } },
  ),
  post(
    'a picture with another sampler, schedule, noise, layers and a variation',
    '/generate',
    {
      prompt: 'a calm beach',
      num_inference_steps: 2,
      seed: 11,
      scheduler: 'dpmpp-sde',
      schedule: 'exponential',
      noise: 'nvidia',
      variation_seed: 4_294_967_296,
      variation_strength: 0.3,
      clip_skip: 2,
    },
    { status: 200, file: 'png', headers: { 'x-seed': /^11$/ } },
    'generate',
  ),
  ...[
    { scheduler: 'dpm-fast', type: 'literal_error' },
    { schedule: 'polyexponential', type: 'literal_error' },
    { noise: 'amd', type: 'literal_error' },
    { variation_seed: -1, type: 'greater_than_equal' },
    { variation_strength: 1.5, type: 'less_than_equal' },
    { clip_skip: 13, type: 'less_than_equal' },
    { clip_skip: 1.5, type: 'int_from_float' },
  ].map(({ type, ...wrong }) =>
    post(
      `a wrong ${Object.keys(wrong).join()}`,
      '/generate',
      { prompt: 'a', ...wrong },
      unprocessable(type, Object.keys(wrong)[0]!),
    ),
  ),
  {
    name: 'health, once a model is loaded',
    method: 'GET',
    path: '/health',
    answer: { status: 200, json: { status: 'healthy', model_loaded: true, device: 'wasm' } },
  },
  post(
    'a film',
    '/generate-video',
    { ...film, hero_description: 'a red fox', num_inference_steps: 2 },
    filmAnswer,
    'generateVideo',
  ),
  post('info', '/generate-video/info', threeScenes, { status: 200, json: info }, 'videoInfo'),
  {
    name: 'info by query',
    method: 'GET',
    path: '/generate-video/info?scenes=a&scenes=b&scenes=c%20%F0%9F%8C%8A&fps=24',
    answer: { status: 200, json: info },
  },
  post(
    'too few scenes',
    '/generate-video',
    { scenes: ['a'] },
    { status: 400, json: tooFew() },
    'generateVideo',
  ),
  post(
    'too few scenes for info',
    '/generate-video/info',
    { scenes: [] },
    { status: 400, json: tooFew() },
    'videoInfo',
  ),
  post('no prompt', '/generate', {}, unprocessable('missing', 'prompt'), 'generate'),
  post(
    'a prompt of the wrong type',
    '/generate',
    { prompt: 5 },
    unprocessable('string_type', 'prompt'),
    'generate',
  ),
  post(
    'too many steps',
    '/generate',
    { prompt: 'a', num_inference_steps: 151 },
    unprocessable('less_than_equal', 'num_inference_steps'),
    'generate',
  ),
  post(
    'an odd side',
    '/generate-video',
    { scenes: ['a', 'b'], width: 511 },
    unprocessable('multiple_of', 'width'),
    'generateVideo',
  ),
  post(
    'info refuses what a film refuses',
    '/generate-video/info',
    { scenes: ['a', 5], fps: 0 },
    {
      status: 422,
      json: {
        detail: [
          { type: 'string_type', loc: ['body', 'scenes', 1] },
          { type: 'greater_than_equal', loc: ['body', 'fps'] },
        ],
      },
    },
    'videoInfo',
  ),
  post(
    'a model that is not here',
    '/generate',
    { prompt: 'a', model: 'x/y' },
    unprocessable('value_error', 'model'),
  ),
  raw('broken JSON', '/generate', '{"prompt":', unprocessable('json_invalid', 10)),
  raw('no body', '/generate', '', unprocessable('missing')),
  raw('a body too large', '/generate', `{"prompt":"${'x'.repeat(maxBodyBytes)}"}`, { status: 413 }),
  {
    name: 'another content type',
    method: 'POST',
    path: '/generate',
    headers: { 'content-type': 'text/plain' },
    body: '{"prompt":"a"}',
    answer: unprocessable('model_attributes_type'),
  },
  {
    name: 'HEAD',
    method: 'HEAD',
    path: '/health',
    answer: { status: 200, headers: { 'content-type': /json/ } },
  },
  {
    name: 'OPTIONS',
    method: 'OPTIONS',
    path: '/generate',
    answer: { status: 204, headers: { allow: /^POST, OPTIONS$/ } },
  },
  {
    name: 'a wrong method',
    method: 'GET',
    path: '/generate',
    answer: { status: 405, json: { detail: 'Method Not Allowed' }, headers: { allow: /POST/ } },
  },
  {
    name: 'an unknown path',
    method: 'GET',
    path: '/nothing',
    answer: { status: 404, json: { detail: 'Not Found' } },
  },
  {
    name: 'an unknown job',
    method: 'GET',
    path: '/jobs/none',
    answer: { status: 404, json: { detail: 'Not Found' } },
  },
];

function tooFew() {
  return { detail: 'At least 2 scenes required' };
}
