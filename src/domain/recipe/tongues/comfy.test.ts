/** Graphs as people build them, with the nodes of others: what is read, and what is rather named than guessed. */
import { describe, expect, test } from 'vitest';
import { readFound } from '../found.ts';
import { readTold } from '../read-told.ts';

type Inputs = Readonly<Record<string, unknown>>;
type Nodes = Readonly<Record<string, readonly [type: string, inputs: Inputs]>>;

const base: Nodes = {
  3: [
    'KSampler',
    {
      ...{ seed: 42, steps: 20, cfg: 7, sampler_name: 'euler', scheduler: 'karras', denoise: 1 },
      ...{ model: ['4', 0], positive: ['6', 0], negative: ['7', 0], latent_image: ['5', 0] },
    },
  ],
  4: ['CheckpointLoaderSimple', { ckpt_name: 'own.safetensors' }],
  5: ['EmptyLatentImage', { width: 640, height: 448, batch_size: 1 }],
  6: ['CLIPTextEncode', { text: 'a lighthouse', clip: ['4', 1] }],
  7: ['CLIPTextEncode', { text: 'people', clip: ['4', 1] }],
  8: ['VAEDecode', { samples: ['3', 0], vae: ['4', 2] }],
  9: ['SaveImage', { images: ['8', 0] }],
};

/** `change` in place of, or beside, the nodes of a plain graph; inputs are added to those that are there. */
function read(change: Nodes, without: readonly string[] = []) {
  const nodes = Object.fromEntries(
    [...new Set([...Object.keys(base), ...Object.keys(change)])]
      .filter((id) => !without.includes(id))
      .map((id) => {
        const [type, inputs] = change[id] ?? base[id]!;
        return [
          id,
          { class_type: type, inputs: { ...(base[id]?.[0] === type ? base[id][1] : {}), ...inputs } },
        ];
      }),
  );
  return readTold([{ key: 'prompt', text: JSON.stringify(nodes) }]);
}

const plain = {
  ...{ prompt: 'a lighthouse', negativePrompt: 'people', steps: 20, guidanceScale: 7, seed: 42 },
  ...{ width: 640, height: 448, sampler: 'euler-karras' },
};

describe('texts', () => {
  const textFrom = (nodes: Nodes, link: readonly unknown[] = ['20', 0]) =>
    read({ 6: ['CLIPTextEncode', { text: link }], ...nodes });

  test.each<[string, Nodes, string]>([
    ['a primitive', { 20: ['PrimitiveStringMultiline', { value: 'a cliff' }] }, 'a cliff'],
    [
      'reroutes',
      { 20: ['Reroute', { '': ['21', 0] }], 21: ['Text Multiline', { text: 'a cliff' }] },
      'a cliff',
    ],
    [
      'two texts joined',
      {
        20: ['JoinStrings', { string1: 'a', string2: ['21', 0], delimiter: ', ' }],
        21: ['CR Text', { text: 'b' }],
      },
      'a, b',
    ],
    [
      'texts joined by a word for the sign',
      { 20: ['Text Concatenate (JPS)', { text1: 'a', text2: 'b', delimiter: 'comma' }] },
      'a, b',
    ],
    [
      'what a node showed',
      { 20: ['ShowText|pysss', { text: ['21', 0], text_0: 'a cliff' }], 21: ['Own', {}] },
      'a cliff',
    ],
    ['easy-use', { 20: ['easy positive', { positive: 'a cliff' }] }, 'a cliff'],
    [
      'a switch',
      {
        20: ['ImpactSwitch', { select: 2, input1: ['21', 0], input2: ['22', 0] }],
        21: ['String Literal', { string: 'a' }],
        22: ['String Literal', { string: 'b' }],
      },
      'b',
    ],
    [
      'rgthree’s switch',
      {
        20: ['Any Switch (rgthree)', { any_02: ['22', 0], any_01: ['21', 0] }],
        21: ['String Literal', { string: 'a' }],
        22: ['String Literal', { string: 'b' }],
      },
      'a',
    ],
    [
      'a wildcard node that kept what it drew',
      { 20: ['ImpactWildcardProcessor', { wildcard_text: '{a|b}', populated_text: 'b', mode: 'fixed' }] },
      'b',
    ],
  ])('%s', (_, nodes, prompt) => {
    expect(textFrom(nodes)?.settings.prompt).toBe(prompt);
  });

  test.each([
    ['StringReplace', { string: 'a cat', find: 'cat', replace: 'dog' }],
    ['DPRandomGenerator', { text: '{a|b}', seed: 1 }],
    ['CaseConverter', { string: 'a cat', mode: 'UPPERCASE' }],
    ['StringFunction|pysss', { action: 'replace', text_a: 'a', text_b: 'b' }],
  ])('%s makes a text of its own, which is named', (type, inputs) => {
    const told = textFrom({ 20: [type, inputs] });
    expect(told?.settings.prompt).toBeUndefined();
    expect(told?.unreadable.prompt).toBe('CLIPTextEncode');
    expect(told?.settings.negativePrompt).toBe('people');
  });

  test('a styler’s texts are read, and its style is named', () => {
    const styler = { text_positive: 'a cliff', text_negative: 'text', style: 'sai-anime' };
    const told = read({
      6: ['CLIPTextEncode', { text: ['20', 0] }],
      7: ['CLIPTextEncode', { text: ['20', 1] }],
      20: ['SDXLPromptStyler', styler],
    });
    expect(told?.settings).toMatchObject({ prompt: 'a cliff', negativePrompt: 'text' });
    expect(told?.notes).toContainEqual({ kind: 'style', names: ['sai-anime'] });
  });
});

describe('what is written otherwise there', () => {
  test('embeddings are named, and are their names here', () => {
    const told = read({
      7: ['CLIPTextEncode', { text: 'people, (embedding:sd15/EasyNegative.pt:1.2), embedding:Bad' }],
    });
    expect(told?.settings.negativePrompt).toBe('people, (EasyNegative:1.2), Bad');
    expect(told?.notes).toContainEqual({ kind: 'embedding', names: ['EasyNegative', 'Bad'] });
  });

  test('square brackets mean nothing there, which is said', () => {
    const told = read({ 6: ['CLIPTextEncode', { text: 'a [red|blue] fox' }] });
    expect(told?.notes).toContainEqual({ kind: 'emphasis', tool: 'ComfyUI' });
    expect(read({ 6: ['CLIPTextEncode', { text: 'a (red:1.2) \\[fox\\]' }] })?.notes).toEqual([]);
  });

  test('two conditionings that follow one another in time are a change', () => {
    const range = (conditioning: string, start: number, end: number) =>
      ['ConditioningSetTimestepRange', { conditioning: [conditioning, 0], start, end }] as const;
    const combined = (first: number) =>
      read({
        3: ['KSampler', { positive: ['20', 0] }],
        20: ['ConditioningCombine', { conditioning_1: ['21', 0], conditioning_2: ['22', 0] }],
        21: range('6', 0, first),
        22: range('23', 0.5, 1),
        23: ['CLIPTextEncode', { text: 'a boat' }],
      });
    expect(combined(0.5)).toMatchObject({ settings: { prompt: '[a lighthouse:a boat:0.5]' }, notes: [] });
    expect(combined(0.7)?.notes).toContainEqual({ kind: 'part', names: ['ConditioningSetTimestepRange'] });
  });
});

describe('pipes and contexts', () => {
  test('Impact’s pipe hands on both conditionings', () => {
    const told = read({
      3: ['KSampler', { positive: ['21', 3], negative: ['21', 4], model: ['21', 0] }],
      20: [
        'ToBasicPipe',
        { model: ['4', 0], clip: ['4', 1], vae: ['4', 2], positive: ['6', 0], negative: ['7', 0] },
      ],
      21: ['FromBasicPipe', { basic_pipe: ['20', 0] }],
    });
    expect(told?.settings).toMatchObject(plain);
    expect(told?.modelName).toBe('own');
  });

  test('rgthree’s contexts do, one over another', () => {
    const told = read({
      3: [
        'KSampler',
        { positive: ['21', 4], negative: ['21', 5], model: ['21', 1], latent_image: ['21', 6] },
      ],
      20: [
        'Context (rgthree)',
        { model: ['4', 0], positive: ['22', 0], negative: ['7', 0], latent: ['5', 0] },
      ],
      21: ['Context (rgthree)', { base_ctx: ['20', 0], positive: ['6', 0] }],
      22: ['CLIPTextEncode', { text: 'older', clip: ['4', 1] }],
    });
    expect(told?.settings).toMatchObject(plain);
  });

  test('the Efficiency nodes hold prompts, model and size in their loader', () => {
    const told = read(
      {
        3: [
          'KSampler (Efficient)',
          { ...base[3]![1], model: ['4', 0], positive: ['4', 1], negative: ['4', 2], latent_image: ['4', 3] },
        ],
        4: [
          'Efficient Loader',
          {
            ...{
              ckpt_name: 'own.safetensors',
              positive: 'a lighthouse',
              negative: 'people',
              lora_name: 'None',
            },
            ...{ empty_latent_width: 640, empty_latent_height: 448, clip_skip: -1 },
          },
        ],
      },
      ['5', '6', '7'],
    );
    expect(told).toMatchObject({ settings: plain, modelName: 'own' });
    expect(told?.strength).toBeUndefined();
  });

  test('easy-use puts all of it into one pipe', () => {
    const told = read(
      {
        3: ['easy kSampler', { pipe: ['21', 0], image_output: 'Save' }],
        20: [
          'easy a1111Loader',
          {
            ...{
              ckpt_name: 'own.safetensors',
              positive: 'a lighthouse',
              negative: 'people',
              resolution: 'width x height (custom)',
            },
            ...{ empty_latent_width: 640, empty_latent_height: 448 },
          },
        ],
        21: [
          'easy preSampling',
          {
            pipe: ['20', 0],
            steps: 20,
            cfg: 7,
            sampler_name: 'euler',
            scheduler: 'karras',
            denoise: 1,
            seed: 42,
          },
        ],
      },
      ['4', '5', '6', '7', '8', '9'],
    );
    expect(told).toMatchObject({ settings: plain, modelName: 'own' });
  });
});

describe('numbers', () => {
  test('they come from primitives, parameter nodes and lists of sizes', () => {
    const told = read({
      3: [
        'KSampler',
        { seed: ['20', 0], steps: ['21', 2], cfg: ['21', 3], sampler_name: ['21', 4], scheduler: ['21', 5] },
      ],
      5: ['EmptyLatentImage', { width: ['22', 0], height: ['22', 1] }],
      20: ['Seed (rgthree)', { seed: 42 }],
      21: [
        'SDParameterGenerator',
        { steps: 20, cfg: 7, sampler_name: 'euler', scheduler: 'karras', width: 1, height: 1 },
      ],
      22: [
        'CR Aspect Ratio',
        { width: 1024, height: 1024, aspect_ratio: 'SD1.5 - 10:7 landscape 640x448', swap_dimensions: 'Off' },
      ],
    });
    expect(told?.settings).toMatchObject(plain);
  });

  test('what a node calculates is named, not guessed', () => {
    const told = read({
      3: ['KSampler', { seed: ['21', 0] }],
      5: ['EmptyLatentImage', { width: ['20', 0] }],
      20: ['MathExpression|pysss', { expression: 'a * 2', a: 320 }],
      21: ['Random Number', { number_type: 'integer', minimum: 0, maximum: 9, seed: 5 }],
    });
    expect(told?.settings).not.toHaveProperty('seed');
    expect(told?.unreadable).toEqual({ width: 'MathExpression|pysss', seed: 'Random Number' });
  });

  test('a pass that begins late began from a picture', () => {
    const told = read({
      3: [
        'KSamplerAdvanced',
        { ...base[3]![1], noise_seed: 42, start_at_step: 8, end_at_step: 20, latent_image: ['20', 0] },
      ],
      20: ['VAEEncode', { pixels: ['21', 0], vae: ['4', 2] }],
      21: ['LoadImage', { image: 'own.png' }],
    });
    expect(told?.strength).toBeCloseTo(0.6);
  });
});

test('several pictures of one graph are told, two passes of one are not', () => {
  const second: Nodes = {
    20: ['KSampler', { ...base[3]![1], seed: 7, positive: ['22', 0] }],
    21: ['VAEDecode', { samples: ['20', 0], vae: ['4', 2] }],
    22: ['CLIPTextEncode', { text: 'other', clip: ['4', 1] }],
    23: ['SaveImage', { images: ['21', 0] }],
  };
  expect(read(second)?.notes).toEqual([{ kind: 'several' }]);
  const again: Nodes = { ...second, 20: ['KSampler', { ...base[3]![1], latent_image: ['3', 0] }] };
  expect(read(again)?.notes).toEqual([{ kind: 'second-pass', how: 'KSampler' }]);
});

test('the text encoder’s layers, its LoRAs and pictures that are shown to it are told', () => {
  const told = read({
    3: ['KSampler', { positive: ['23', 0] }],
    6: ['CLIPTextEncode', { clip: ['20', 0] }],
    20: ['CLIPSetLastLayer', { stop_at_clip_layer: -2, clip: ['21', 1] }],
    21: ['CR Apply LoRA Stack', { model: ['4', 0], clip: ['4', 1], lora_stack: ['22', 0] }],
    22: [
      'CR LoRA Stack',
      { switch_1: 'On', lora_name_1: 'x.safetensors', switch_2: 'Off', lora_name_2: 'y.safetensors' },
    ],
    23: ['unCLIPConditioning', { conditioning: ['6', 0], clip_vision_output: ['24', 0], strength: 1 }],
    24: ['CLIPVisionEncode', { image: ['25', 0] }],
    25: ['LoadImage', { image: 'own.png' }],
  });
  expect(told?.notes).toEqual([
    { kind: 'part', names: ['unCLIPConditioning'] },
    { kind: 'lora', names: ['x'] },
  ]);
  expect(told?.settings.clipSkip).toBe(2);
});

test('Flux: a guider without a negative prompt guides by nothing, and its own guidance is named', () => {
  const told = read(
    {
      3: [
        'SamplerCustomAdvanced',
        {
          noise: ['20', 0],
          guider: ['21', 0],
          sampler: ['22', 0],
          sigmas: ['23', 0],
          latent_image: ['5', 0],
        },
      ],
      5: ['EmptySD3LatentImage', { width: 640, height: 448, batch_size: 1 }],
      20: ['RandomNoise', { noise_seed: 42 }],
      21: ['BasicGuider', { model: ['4', 0], conditioning: ['24', 0] }],
      22: ['KSamplerSelect', { sampler_name: 'euler' }],
      23: ['BasicScheduler', { scheduler: 'simple', steps: 20, denoise: 1, model: ['4', 0] }],
      24: ['FluxGuidance', { guidance: 3.5, conditioning: ['6', 0] }],
    },
    ['7'],
  );
  expect(told?.settings).toMatchObject({
    prompt: 'a lighthouse',
    negativePrompt: '',
    steps: 20,
    guidanceScale: 1,
    seed: 42,
  });
  expect(told?.notes).toContainEqual({ kind: 'part', names: ['FluxGuidance'] });
});

test('a graph in which nothing is known that draws is told as such', () => {
  const graph = { 1: { class_type: 'OwnMagic', inputs: { text: 'a cat' } } };
  const found = readFound([{ key: 'prompt', text: JSON.stringify(graph) }]);
  expect(found).toMatchObject({ kind: 'unfollowed', by: 'ComfyUI', text: JSON.stringify(graph) });
});

test('JSON that was put into JSON once more is read', () => {
  const graph = Object.fromEntries(
    Object.entries(base).map(([id, [class_type, inputs]]) => [id, { class_type, inputs }]),
  );
  const told = readTold([{ key: 'prompt', text: JSON.stringify(JSON.stringify(graph)) }]);
  expect(told?.settings).toMatchObject(plain);
});

test('a workflow’s subgraph is read as if its nodes stood in its place', () => {
  const inputs = (names: readonly string[], first: number) =>
    names.map((name, at) => ({ name, link: first + at }));
  const subgraph = {
    id: 'f00d',
    nodes: [
      {
        id: 1,
        type: 'CLIPTextEncode',
        inputs: [{ name: 'clip', link: 1 }],
        widgets_values: ['a lighthouse'],
      },
      { id: 2, type: 'CLIPTextEncode', inputs: [{ name: 'clip', link: 1 }], widgets_values: ['people'] },
      {
        id: 3,
        type: 'KSampler',
        inputs: inputs(['model', 'positive', 'negative', 'latent_image'], 2),
        widgets_values: [42, 'fixed', 20, 7, 'euler', 'karras', 1],
      },
    ],
    links: [
      { id: 1, origin_id: -10, origin_slot: 1, target_id: 1, target_slot: 0 },
      { id: 2, origin_id: -10, origin_slot: 0, target_id: 3, target_slot: 0 },
      { id: 3, origin_id: 1, origin_slot: 0, target_id: 3, target_slot: 1 },
      { id: 4, origin_id: 2, origin_slot: 0, target_id: 3, target_slot: 2 },
      { id: 5, origin_id: -10, origin_slot: 2, target_id: 3, target_slot: 3 },
      { id: 6, origin_id: 3, origin_slot: 0, target_id: -20, target_slot: 0 },
    ],
  };
  const workflow = {
    nodes: [
      { id: 4, type: 'CheckpointLoaderSimple', widgets_values: ['own.safetensors'] },
      { id: 5, type: 'EmptyLatentImage', widgets_values: [640, 448, 1] },
      { id: 6, type: 'f00d', inputs: inputs(['model', 'clip', 'latent_image'], 1), widgets_values: [] },
      { id: 8, type: 'VAEDecode', inputs: [{ name: 'samples', link: 4 }] },
      { id: 9, type: 'SaveImage', inputs: [{ name: 'images', link: 5 }] },
    ],
    links: [
      [1, 4, 0, 6, 0, 'MODEL'],
      [2, 4, 1, 6, 1, 'CLIP'],
      [3, 5, 0, 6, 2, 'LATENT'],
      [4, 6, 0, 8, 0, 'LATENT'],
      [5, 8, 0, 9, 0, 'IMAGE'],
    ],
    definitions: { subgraphs: [subgraph] },
  };
  const told = readTold([{ key: 'workflow', text: JSON.stringify(workflow) }]);
  expect(told).toMatchObject({ settings: plain, modelName: 'own' });
});
