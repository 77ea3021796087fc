/** Texts as a writer of each tongue builds them, read back: whatever the settings are. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { CarriedText } from '../carried.ts';
import { readTold } from '../read-told.ts';

interface Asked {
  readonly prompt: string;
  readonly negativePrompt: string;
  readonly steps: number;
  readonly guidanceScale: number;
  readonly seed: number;
  readonly width: number;
  readonly height: number;
}

/** Words with the signs that people write in prompts, without line breaks, which not every tongue keeps. */
const words = fc
  .array(
    fc.constantFrom(
      'a lighthouse',
      'cliff',
      '(stormy:1.2)',
      'é',
      '日本',
      '🍄',
      'a:b',
      '"quoted"',
      '1girl',
      'x, y',
    ),
    {
      minLength: 1,
      maxLength: 6,
    },
  )
  .map((parts) => parts.join(' '));

const asked: fc.Arbitrary<Asked> = fc.record({
  prompt: words,
  negativePrompt: words,
  steps: fc.integer({ min: 1, max: 150 }),
  guidanceScale: fc.integer({ min: 2, max: 40 }).map((half) => half / 2),
  seed: fc.maxSafeNat(),
  width: fc.integer({ min: 8, max: 256 }).map((eighth) => eighth * 8),
  height: fc.integer({ min: 8, max: 256 }).map((eighth) => eighth * 8),
});

const json = (key: string, value: unknown): readonly CarriedText[] => [{ key, text: JSON.stringify(value) }];

const comfyGraph = (a: Asked) => ({
  3: {
    class_type: 'KSampler',
    inputs: {
      ...{
        seed: a.seed,
        steps: a.steps,
        cfg: a.guidanceScale,
        sampler_name: 'euler_ancestral',
        scheduler: 'normal',
      },
      ...{ denoise: 1, model: ['4', 0], positive: ['6', 0], negative: ['7', 0], latent_image: ['5', 0] },
    },
  },
  4: { class_type: 'CheckpointLoaderSimple', inputs: { ckpt_name: 'own.safetensors' } },
  5: { class_type: 'EmptyLatentImage', inputs: { width: a.width, height: a.height, batch_size: 1 } },
  6: { class_type: 'CLIPTextEncode', inputs: { text: a.prompt, clip: ['4', 1] } },
  7: { class_type: 'CLIPTextEncode', inputs: { text: a.negativePrompt, clip: ['4', 1] } },
  8: { class_type: 'VAEDecode', inputs: { samples: ['3', 0], vae: ['4', 2] } },
  9: { class_type: 'SaveImage', inputs: { images: ['8', 0] } },
});

const workflow = (a: Asked) => ({
  nodes: [
    {
      id: 3,
      type: 'KSampler',
      inputs: ['model', 'positive', 'negative', 'latent_image'].map((name, at) => ({ name, link: at + 1 })),
      widgets_values: [a.seed, 'randomize', a.steps, a.guidanceScale, 'euler_ancestral', 'normal', 1],
    },
    { id: 4, type: 'CheckpointLoaderSimple', widgets_values: ['own.safetensors'] },
    { id: 5, type: 'EmptyLatentImage', widgets_values: [a.width, a.height, 1] },
    { id: 6, type: 'CLIPTextEncode', widgets_values: [a.prompt] },
    { id: 7, type: 'CLIPTextEncode', widgets_values: [a.negativePrompt] },
    { id: 8, type: 'VAEDecode', inputs: [{ name: 'samples', link: 5 }] },
    { id: 9, type: 'SaveImage', inputs: [{ name: 'images', link: 6 }] },
  ],
  links: [
    [1, 4, 0, 3, 0, 'MODEL'],
    [2, 6, 0, 3, 1, 'CONDITIONING'],
    [3, 7, 0, 3, 2, 'CONDITIONING'],
    [4, 5, 0, 3, 3, 'LATENT'],
    [5, 3, 0, 8, 0, 'LATENT'],
    [6, 8, 0, 9, 0, 'IMAGE'],
  ],
});

const writers: Readonly<Record<string, (a: Asked) => readonly CarriedText[]>> = {
  AUTOMATIC1111: (a) => [
    {
      key: 'parameters',
      text: `${a.prompt}\nNegative prompt: ${a.negativePrompt}\nSteps: ${a.steps}, Sampler: Euler a, Schedule type: Automatic, CFG scale: ${a.guidanceScale}, Seed: ${a.seed}, Size: ${a.width}x${a.height}, Model: own, Version: v1.10.1`,
    },
  ],
  'SD.Next': (a) => [
    {
      key: 'UserComment',
      text: `${a.prompt}\nNegative prompt: ${a.negativePrompt}\nSteps: ${a.steps}, Size: ${a.width}x${a.height}, Sampler: Euler a, Seed: ${a.seed}, CFG scale: ${a.guidanceScale}, Model: own, App: SD.Next, Operations: txt2img`,
    },
  ],
  ComfyUI: (a) => json('prompt', comfyGraph(a)),
  'ComfyUI, its workflow only': (a) => json('workflow', workflow(a)),
  'ComfyUI in Exif': (a) => [{ key: 'Model', text: `prompt:${JSON.stringify(comfyGraph(a))}` }],
  'InvokeAI 3 to 6': (a) =>
    json('invokeai_metadata', {
      ...{ generation_mode: 'txt2img', positive_prompt: a.prompt, negative_prompt: a.negativePrompt },
      ...{ width: a.width, height: a.height, seed: a.seed, rand_device: 'cpu', cfg_scale: a.guidanceScale },
      ...{ steps: a.steps, scheduler: 'euler_a', model: { name: 'own' }, app_version: '5.4.3' },
    }),
  NovelAI: (a) =>
    json('Comment', {
      ...{ prompt: a.prompt, uc: a.negativePrompt, steps: a.steps, scale: a.guidanceScale, seed: a.seed },
      ...{ width: a.width, height: a.height, sampler: 'k_euler_ancestral', noise_schedule: 'native' },
    }),
  'NovelAI in the alpha channel': (a) =>
    json('parameters', {
      Description: a.prompt,
      Software: 'NovelAI',
      Source: 'NovelAI Diffusion V4',
      Comment: JSON.stringify({
        ...{ steps: a.steps, scale: a.guidanceScale, seed: a.seed, width: a.width, height: a.height },
        ...{ sampler: 'k_euler_ancestral', noise_schedule: 'native' },
        v4_prompt: { caption: { base_caption: a.prompt, char_captions: [] } },
        v4_negative_prompt: { caption: { base_caption: a.negativePrompt, char_captions: [] } },
      }),
    }),
  Fooocus: (a) =>
    json('UserComment', {
      ...{
        prompt: a.prompt,
        negative_prompt: a.negativePrompt,
        steps: a.steps,
        guidance_scale: a.guidanceScale,
      },
      ...{ seed: String(a.seed), resolution: `(${a.width}, ${a.height})`, sampler: 'euler_ancestral' },
      ...{
        scheduler: 'normal',
        base_model: 'own',
        performance: 'Speed',
        metadata_scheme: 'fooocus',
        styles: '[]',
      },
    }),
  SwarmUI: (a) =>
    json('parameters', {
      sui_image_params: {
        ...{ prompt: a.prompt, negativeprompt: a.negativePrompt, steps: a.steps, cfgscale: a.guidanceScale },
        ...{ seed: a.seed, width: a.width, height: a.height, sampler: 'euler_ancestral', model: 'own' },
      },
    }),
  'Draw Things': (a) =>
    json('UserComment', {
      ...{ c: a.prompt, uc: a.negativePrompt, steps: a.steps, scale: a.guidanceScale, seed: a.seed },
      ...{
        size: `${a.width}x${a.height}`,
        sampler: 'Euler A',
        seed_mode: 'Torch CPU Compatible',
        strength: 1,
      },
    }),
  'Draw Things, its text': (a) => [
    {
      key: 'description',
      text: `${a.prompt}\n-${a.negativePrompt}\nSteps: ${a.steps}, Sampler: Euler A, Guidance Scale: ${a.guidanceScale}.0, Seed: ${a.seed}, Size: ${a.width}x${a.height}, Model: own, Strength: 1.0`,
    },
  ],
  'Easy Diffusion': (a) =>
    Object.entries({
      ...{ prompt: a.prompt, negative_prompt: a.negativePrompt, num_inference_steps: a.steps, seed: a.seed },
      ...{ guidance_scale: a.guidanceScale, width: a.width, height: a.height, sampler_name: 'euler_a' },
      use_stable_diffusion_model: 'own',
    }).map(([key, value]) => ({ key, text: String(value) })),
  'AI Horde': (a) =>
    json('UserComment', {
      prompt: `${a.prompt} ### ${a.negativePrompt}`,
      params: {
        ...{ sampler_name: 'k_euler_a', cfg_scale: a.guidanceScale, seed: String(a.seed), steps: a.steps },
        ...{ width: a.width, height: a.height },
      },
      models: ['own'],
    }),
};

test.each(Object.entries(writers))('%s comes back as it was written', (name, write) => {
  fc.assert(
    fc.property(asked, (settings) => {
      const text = name === 'Draw Things, its text' && !Number.isInteger(settings.guidanceScale);
      fc.pre(!text);
      const told = readTold(write(settings));
      expect(told?.settings).toMatchObject({ ...settings, sampler: 'euler-ancestral' });
      expect(told?.unreadable).toEqual({});
      expect(told?.strength).toBeUndefined();
    }),
    { numRuns: 100 },
  );
});

test('no text, broken or not, makes a reader throw', () => {
  const whole = fc.tuple(fc.constantFrom(...Object.values(writers)), asked).map(([write, a]) => write(a));
  const broken = fc.tuple(whole, fc.nat(400), fc.string()).map(([texts, at, inserted]) =>
    texts.map(({ key, text }) => ({
      key,
      text: text.slice(0, at) + inserted + text.slice(at + inserted.length),
    })),
  );
  fc.assert(
    fc.property(broken, (texts) => void readTold(texts)),
    { numRuns: 2000 },
  );
  fc.assert(
    fc.property(fc.json(), (text) => void readTold([{ key: 'prompt', text }])),
    { numRuns: 1000 },
  );
});

const told = (key: string, value: unknown) => readTold(json(key, value));

test('ComfyUI: a seed that a double cannot hold keeps its low 32 bits, and NaN in the text does not matter', () => {
  const text = JSON.stringify(comfyGraph({ ...sample, seed: 1 }))
    .replace('"seed":1', '"seed":6687881544318117707')
    .replace('"class_type":"SaveImage"', '"class_type":"SaveImage","is_changed":NaN');
  const read = readTold([{ key: 'prompt', text }]);
  expect(read?.settings.seed).toBe(2767775563);
  expect(read?.notes).toContainEqual({ kind: 'seed-folded', said: '6687881544318117707' });
});

const sample: Asked = {
  ...{ prompt: 'a lighthouse', negativePrompt: 'people', steps: 20, guidanceScale: 7, seed: 42 },
  ...{ width: 512, height: 512 },
};

test('ComfyUI: combined conditionings become AND, laid end to end BREAK, and LoRAs are named', () => {
  const graph = comfyGraph(sample);
  const second = { class_type: 'CLIPTextEncode', inputs: { text: 'a storm', clip: ['4', 1] } };
  const joined = (type: string, first: string, other: string) => ({
    ...graph,
    3: { ...graph[3], inputs: { ...graph[3].inputs, positive: ['20', 0], model: ['22', 0] } },
    20: { class_type: type, inputs: { [first]: ['6', 0], [other]: ['21', 0] } },
    21: second,
    22: {
      class_type: 'LoraLoader',
      inputs: { lora_name: 'own.safetensors', model: ['4', 0], clip: ['4', 1] },
    },
  });
  const combined = told('prompt', joined('ConditioningCombine', 'conditioning_1', 'conditioning_2'));
  expect(combined?.settings.prompt).toBe('a lighthouse AND a storm');
  expect(combined?.notes).toContainEqual({ kind: 'lora', names: ['own'] });
  const concatenated = told('prompt', joined('ConditioningConcat', 'conditioning_to', 'conditioning_from'));
  expect(concatenated?.settings.prompt).toBe('a lighthouse BREAK a storm');
});

test('ComfyUI: what a node would have made up is named, not guessed', () => {
  const graph = comfyGraph(sample);
  const linked = {
    ...graph,
    6: { class_type: 'CLIPTextEncode', inputs: { text: ['30', 0], clip: ['4', 1] } },
    30: { class_type: 'OllamaGenerator', inputs: { prompt: 'write me a prompt' } },
  };
  const read = told('prompt', linked);
  expect(read?.settings.prompt).toBeUndefined();
  expect(read?.unreadable.prompt).toBe('CLIPTextEncode');
});

test('InvokeAI 2 and its command line', () => {
  const image = {
    prompt: [{ prompt: 'a lighthouse [people]', weight: 1 }],
    steps: 20,
    cfg_scale: 7,
    seed: 42,
  };
  const second = told('sd-metadata', {
    app_id: 'invoke-ai/InvokeAI',
    model_weights: 'own',
    image: { ...image, width: 512, height: 512, sampler: 'k_euler_a', type: 'txt2img' },
  });
  expect(second?.settings).toMatchObject({ ...sample, sampler: 'euler-ancestral' });
  const line = '"a lighthouse [people]" -s 20 -S 42 -W 512 -H 512 -C 7 -A k_euler_a';
  expect(readTold([{ key: 'Dream', text: line }])?.settings).toMatchObject({
    ...sample,
    sampler: 'euler-ancestral',
  });
});

test('Midjourney and DALL·E tell a prompt; a camera’s description is none', () => {
  const job = 'a lighthouse on a cliff --ar 3:2 --v 6.1 Job ID: 01234567-89ab-cdef-0123-456789abcdef';
  const midjourney = readTold([{ key: 'Description', text: job }]);
  expect(midjourney).toMatchObject({ tool: 'Midjourney', settings: { prompt: 'a lighthouse on a cliff' } });
  const asked =
    'https://s.mj.run/x a lighthouse --no people, text --v 7 Job ID: 01234567-89ab-cdef-0123-456789abcdef';
  expect(readTold([{ key: 'Description', text: asked }])?.settings).toEqual({
    prompt: 'a lighthouse',
    negativePrompt: 'people, text',
  });
  const texts = [
    { key: 'Software', text: 'OpenAI DALL·E' },
    { key: 'ImageDescription', text: 'a lighthouse' },
  ];
  expect(readTold(texts)).toMatchObject({ tool: 'DALL·E', settings: { prompt: 'a lighthouse' } });
  expect(readTold([{ key: 'ImageDescription', text: 'OLYMPUS DIGITAL CAMERA' }])).toBeNull();
});

test('what a photo says of itself is no recipe', () => {
  const text = 'Harbour\nPlace: Kiel, Country: Germany, Camera: own, Lens: 50 mm';
  expect(readTold([{ key: 'ImageDescription', text }])).toBeNull();
});

test('an old Hires. fix is a second pass over the first pass’s size', () => {
  const text =
    'a cat\nSteps: 20, Sampler: Euler a, CFG scale: 7, Seed: 1, Size: 1024x1024, Denoising strength: 0.7, First pass size: 512x512';
  const read = readTold([{ key: 'parameters', text }]);
  const hires = { scale: 2, upscaler: { kind: 'latent' } };
  expect(read).toMatchObject({ settings: { width: 512, height: 512, hires }, notes: [] });
  expect(read?.strength).toBeUndefined();
});

test('a seed of −1 is none; a text that was wrapped keeps all its settings', () => {
  const text =
    'a cat\nNegative prompt: people\nSteps: 20, Sampler: Euler a, CFG scale: 7,\nSeed: -1, Size: 512x256';
  const read = readTold([{ key: 'parameters', text }]);
  expect(read?.settings).toMatchObject({ prompt: 'a cat', negativePrompt: 'people', steps: 20, width: 512 });
  expect(read?.settings).not.toHaveProperty('seed');
});

test('Civitai’s list of what was used names LoRAs and the model', () => {
  const resources = [
    { type: 'checkpoint', modelVersionId: 1, modelName: 'Own [fp16], v2', modelVersionName: 'v2' },
    { type: 'lora', weight: 0.8, modelVersionId: 2, modelName: 'Style' },
  ];
  const text = `a cat\nSteps: 20, Sampler: Euler a, CFG scale: 7, Seed: 1, Size: 512x512, Clip skip: 2, Civitai resources: ${JSON.stringify(resources)}, Civitai metadata: {}`;
  const read = readTold([{ key: 'parameters', text }]);
  expect(read).toMatchObject({ modelName: 'Own [fp16], v2', settings: { ...{ prompt: 'a cat' }, seed: 1 } });
  expect(read?.notes).toContainEqual({ kind: 'lora', names: ['Style'] });
});

test('NovelAI’s first version wrote a strength also where there was no picture', () => {
  const first = { steps: 28, sampler: 'k_euler_ancestral', seed: 1, scale: 11, uc: 'text', noise: 0.667 };
  expect(told('Comment', { ...first, strength: 0.69 })?.strength).toBeUndefined();
  expect(told('Comment', { ...first, strength: 0.5 })?.strength).toBe(0.5);
});

test('what the web UI’s API tells of a picture is its recipe, and no other tool’s', () => {
  const infotexts = [
    'a cat\nNegative prompt: dogs\nSteps: 20, Sampler: Euler a, CFG scale: 7, Seed: 1, Size: 512x256',
  ];
  const api = { prompt: 'a cat', negative_prompt: 'dogs', cfg_scale: 7, steps: 20, seed: 1, width: 512 };
  expect(told('parameters', { ...api, infotexts })).toMatchObject({
    tool: 'AUTOMATIC1111',
    settings: {
      prompt: 'a cat',
      negativePrompt: 'dogs',
      width: 512,
      height: 256,
      sampler: 'euler-ancestral',
    },
  });
  expect(told('parameters', api)).toBeNull();
});

test('signs that mean something in their own tongue alone are told', () => {
  const invoke = { generation_mode: 'txt2img', negative_prompt: '', steps: 20, cfg_scale: 7, seed: 1 };
  const of = (positive_prompt: string) => told('invokeai_metadata', { ...invoke, positive_prompt })?.notes;
  for (const text of ['a (red fox)1.3', 'a fox++, snow', 'a fox-', '("a", "b").blend(1, 1)']) {
    expect(of(text), text).toContainEqual({ kind: 'emphasis', tool: 'InvokeAI' });
  }
  expect(of('a well-known (fox), 1girl')).toEqual([]);
  const swarm = { sui_image_params: { prompt: 'a <random:red,blue> fox', steps: 20, seed: 1 } };
  expect(told('parameters', swarm)?.notes).toContainEqual({ kind: 'part', names: ['<random>'] });
});

test('SwarmUI’s variation seed is one here', () => {
  const swarm = { prompt: 'a cat', steps: 20, seed: 1, variationseed: 5, variationseedstrength: 0.2 };
  expect(told('parameters', { sui_image_params: swarm })?.settings.variation).toEqual({
    seed: 5,
    strength: 0.2,
  });
});

const hiresText = (pairs: string) =>
  readTold([
    {
      key: 'parameters',
      text: `a cat\nSteps: 20, Sampler: Euler a, CFG scale: 7, Seed: 1, Size: 512x768, ${pairs}`,
    },
  ]);

test('a second pass is restored as the web UI writes it', () => {
  const usual = 'Denoising strength: 0.4, Hires upscale: 1.5, Hires steps: 12, Hires upscaler: 4x-UltraSharp';
  expect(hiresText(usual)).toMatchObject({
    settings: {
      width: 512,
      hires: { scale: 1.5, steps: 12, strength: 0.4, upscaler: { kind: 'network', name: '4x-UltraSharp' } },
    },
    notes: [],
  });
  const resized = 'Denoising strength: 0.7, Hires resize: 1024x1536, Hires upscaler: Latent (nearest-exact)';
  expect(hiresText(resized)?.settings.hires).toEqual({
    scale: 2,
    steps: 0,
    strength: 0.7,
    upscaler: { kind: 'latent' },
  });
});

test('what of a second pass cannot be made is told', () => {
  const otherShape = hiresText('Denoising strength: 0.7, Hires resize: 1024x1024');
  expect(otherShape?.settings).not.toHaveProperty('hires');
  expect(otherShape?.notes).toEqual([{ kind: 'second-pass', how: 'Hires. fix, 1024x1024' }]);
  const own = 'Denoising strength: 0.7, Hires upscale: 2, Hires sampler: DPM++ 2M, Hires CFG Scale: 7';
  expect(hiresText(own)?.notes).toEqual([{ kind: 'part', names: ['Hires sampler'] }]);
});

test('how a picture was inpainted is read; the mask is in no text, which is told', () => {
  const text =
    'Denoising strength: 0.75, Mask blur: 8, Inpaint area: Only masked, Masked area padding: 48, Masked content: latent noise';
  expect(hiresText(text)).toMatchObject({
    strength: 0.75,
    inpaint: { content: 'noise', area: 'masked', paddingPx: 48, featherPx: 8 },
    notes: [{ kind: 'inpainting' }],
  });
});
