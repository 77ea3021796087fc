import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readLayout, type PipelineLayout, type RepositoryLayout } from './layout.ts';
import type { SourceFile } from './model-file.ts';

const file = (path: string, sizeBytes = 100): SourceFile => ({ path, sizeBytes });
const files = (...paths: string[]) => paths.map((path) => file(path));
const tokenizer = ['tokenizer/vocab.json', 'tokenizer/merges.txt'];
const optimum = [
  'model_index.json',
  'scheduler/scheduler_config.json',
  'text_encoder/config.json',
  'text_encoder/model.onnx',
  'unet/config.json',
  'unet/model.onnx',
  'vae_decoder/config.json',
  'vae_decoder/model.onnx',
  'vae_encoder/config.json',
  'vae_encoder/model.onnx',
  ...tokenizer,
];
const inFolder = (folder: string, paths: readonly string[]) => paths.map((path) => `${folder}/${path}`);

function pipelines(layout: RepositoryLayout): readonly PipelineLayout[] {
  if (layout.kind !== 'pipelines') throw new Error(`expected pipelines, got ${JSON.stringify(layout)}`);
  return layout.pipelines;
}

function onlyPipeline(layout: RepositoryLayout): PipelineLayout {
  const [first, ...more] = pipelines(layout);
  expect(more).toEqual([]);
  return first!;
}

const mapping = (pipeline: PipelineLayout) =>
  Object.fromEntries(pipeline.files.map(({ path, source }) => [path, source.path]));

describe('the layouts in which Tiny SD is published', () => {
  test('the plain Optimum layout, with VAE encoder', () => {
    const pipeline = onlyPipeline(readLayout(files(...optimum, 'README.md', '.gitattributes')));
    expect(pipeline).toMatchObject({ folder: '', precision: null, totalBytes: 1200 });
    expect(mapping(pipeline)).toEqual(Object.fromEntries(optimum.map((path) => [path, path])));
  });

  test('graphs and vocabulary only (RanaLLC/tiny-sd-onnx-fp16)', () => {
    const graphs = ['text_encoder/model.onnx', 'unet/model.onnx', 'vae_decoder/model.onnx'];
    const pipeline = onlyPipeline(readLayout(files(...graphs, ...tokenizer)));
    expect(Object.keys(mapping(pipeline)).sort()).toEqual([...graphs, ...tokenizer].sort());
    expect(pipeline.graphs).toEqual({ text_encoder: 'default', unet: 'default', vae_decoder: 'default' });
  });

  test('three complete pipelines in folders (cursedhelm/aderpy-deepdreamer-onnx)', () => {
    const names = ['tiny-sd-web', 'tiny-sd-web-fp16', 'tiny-sd-web-q4f16'];
    const all = files(...names.flatMap((name) => inFolder(name, optimum)));
    expect(pipelines(readLayout(all)).map(({ folder }) => folder)).toEqual(names);
    const one = onlyPipeline(readLayout(all, 'tiny-sd-web-fp16'));
    expect(mapping(one)['unet/model.onnx']).toBe('tiny-sd-web-fp16/unet/model.onnx');
    expect(one.totalBytes).toBe(1200);
  });

  test('external data (akameswa/lcm-tiny-sd-onnx-fp16)', () => {
    const layout = readLayout([
      file('text_encoder/model.onnx', 246_537_314),
      file('unet/model.onnx', 354_685),
      file('unet/model.onnx_data', 646_809_600),
      file('vae_decoder/model.onnx', 157_826),
      file('vae_decoder/model.onnx_data', 98_965_248),
      ...files(...tokenizer, 'tokenizer/tokenizer_config.json'),
    ]);
    const pipeline = onlyPipeline(layout);
    expect(mapping(pipeline)['unet/model.onnx_data']).toBe('unet/model.onnx_data');
    expect(pipeline.totalBytes).toBe(992_824_673 + 300);
  });

  test('the original weights (segmind/tiny-sd), of which graphs are compiled', () => {
    const pipeline = onlyPipeline(readLayout(files(...original, 'safety_checker/pytorch_model.bin')));
    expect(pipeline).toMatchObject({ form: 'weights', precision: null, graphs: {} });
    const renamed = original.map((path) => [path.replace('vae/config', 'vae_decoder/config'), path]);
    expect(mapping(pipeline)).toEqual(Object.fromEntries(renamed));
  });
});

const original = [
  'model_index.json',
  'scheduler/scheduler_config.json',
  'text_encoder/pytorch_model.bin',
  'text_encoder/config.json',
  ...tokenizer,
  'unet/config.json',
  'unet/diffusion_pytorch_model.bin',
  'vae/config.json',
  'vae/diffusion_pytorch_model.bin',
];

describe('weights without graphs', () => {
  const without = (pattern: RegExp) => files(...original).filter(({ path }) => !pattern.test(path));
  const unetOf = (...unet: readonly SourceFile[]) =>
    Object.values(mapping(onlyPipeline(readLayout([...without(/^unet\/.*bin$/), ...unet])))).filter((path) =>
      /^unet\/(?!config)/.test(path),
    );

  test('the smallest variant is enough; of two formats of one, it is safetensors', () => {
    const plain = file('unet/diffusion_pytorch_model.safetensors', 4000);
    const half = file('unet/diffusion_pytorch_model.fp16.safetensors', 2010);
    const halfBin = file('unet/diffusion_pytorch_model.fp16.bin', 2000);
    const training = file('unet/diffusion_pytorch_model.non_ema.safetensors', 1000);
    expect(unetOf(plain, half, halfBin, training)).toEqual([half.path]);
  });

  test('shards belong together, in either spelling of their variant', () => {
    const shard = (name: string) => file(`unet/diffusion_pytorch_model${name}.safetensors`, 50);
    const whole = file('unet/diffusion_pytorch_model.safetensors', 500);
    for (const names of [
      ['-00001-of-00002.fp16', '-00002-of-00002.fp16'],
      ['.fp16-00001-of-00002', '.fp16-00002-of-00002'],
    ]) {
      const shards = names.map(shard);
      expect(unetOf(whole, ...shards)).toEqual(shards.map(({ path }) => path));
      expect(unetOf(whole, shards[0]!)).toEqual([whole.path]);
    }
  });

  test('what is missing is told: the VAE, a configuration, the vocabulary', () => {
    const missing = (pattern: RegExp) => readLayout(without(pattern));
    expect(missing(/^vae\/diff/)).toMatchObject({ kind: 'incomplete', missing: ['vae_decoder'] });
    expect(missing(/^unet\/config/)).toMatchObject({ kind: 'incomplete', missing: ['configuration'] });
    expect(missing(/vocab/)).toMatchObject({ kind: 'incomplete', missing: ['tokenizer'] });
  });

  test('graphs win where they are complete; where they are not, weights do', () => {
    const graphs = files('unet/model.onnx', 'text_encoder/model.onnx');
    expect(onlyPipeline(readLayout([...files(...original), ...graphs])).form).toBe('weights');
    const all = [...files(...original), ...graphs, file('vae_decoder/model.onnx')];
    expect(onlyPipeline(readLayout(all)).form).toBe('graphs');
  });
});

describe('several precisions side by side', () => {
  const many = files(
    ...tokenizer,
    'text_encoder/model.onnx',
    'text_encoder/model_fp16.onnx',
    'unet/model.onnx',
    'unet/model.onnx_data',
    'unet/model_fp16.onnx',
    'unet/model_fp16.onnx_data',
    'unet/model_q4f16.onnx',
    'unet/model_q4f16.onnx_data',
    'unet/model_q4f16.onnx_data_1',
    'vae_decoder/model_fp16.onnx',
  );
  const byPrecision = new Map(pipelines(readLayout(many)).map((pipeline) => [pipeline.precision, pipeline]));

  test('each that the UNet comes in is a pipeline', () => {
    expect([...byPrecision.keys()].sort()).toEqual(['default', 'fp16', 'q4f16']);
  });

  test('graphs are renamed, their data keep the name that the graph knows', () => {
    expect(mapping(byPrecision.get('q4f16')!)).toMatchObject({
      'unet/model.onnx': 'unet/model_q4f16.onnx',
      'unet/model_q4f16.onnx_data': 'unet/model_q4f16.onnx_data',
      'unet/model_q4f16.onnx_data_1': 'unet/model_q4f16.onnx_data_1',
    });
  });

  test('no pipeline carries the data of another precision', () => {
    expect(
      Object.keys(mapping(byPrecision.get('default')!)).filter((path) => path.startsWith('unet/')),
    ).toEqual(['unet/model.onnx', 'unet/model.onnx_data']);
  });

  test('a component that lacks the precision comes in the nearest', () => {
    expect(byPrecision.get('q4f16')!.graphs).toEqual({
      text_encoder: 'fp16',
      unet: 'q4f16',
      vae_decoder: 'fp16',
    });
    expect(byPrecision.get('default')!.graphs.vae_decoder).toBe('fp16');
  });
});

describe('unusual but usable', () => {
  test('weights in one file of another name', () => {
    const layout = readLayout(files(...optimum, 'unet/weights.pb'));
    expect(mapping(onlyPipeline(layout))['unet/weights.pb']).toBe('unet/weights.pb');
  });

  test('a file for each tensor', () => {
    const layout = readLayout(files(...optimum, 'unet/onnx__MatMul_9200', 'unet/time_embedding.weight'));
    expect(Object.keys(mapping(onlyPipeline(layout)))).toEqual(
      expect.arrayContaining(['unet/onnx__MatMul_9200', 'unet/time_embedding.weight']),
    );
  });

  test('graphs in a folder of their own, tokenizer and scheduler above it', () => {
    const graphs = inFolder('onnx', ['text_encoder/model.onnx', 'unet/model.onnx', 'vae_decoder/model.onnx']);
    const layout = readLayout(
      files(...graphs, ...tokenizer, 'scheduler/scheduler_config.json', 'vae/config.json'),
    );
    expect(mapping(onlyPipeline(layout))).toMatchObject({
      'unet/model.onnx': 'onnx/unet/model.onnx',
      'tokenizer/vocab.json': 'tokenizer/vocab.json',
      'scheduler/scheduler_config.json': 'scheduler/scheduler_config.json',
      'vae_decoder/config.json': 'vae/config.json',
    });
  });

  test('PyTorch weights beside the graphs stay where they are', () => {
    const extra = [
      'unet/diffusion_pytorch_model.safetensors',
      'unet/diffusion_pytorch_model.bin',
      'unet/openvino_model.bin',
    ];
    const pipeline = onlyPipeline(readLayout(files(...optimum, ...extra)));
    expect(pipeline.files.filter(({ path }) => extra.includes(path))).toEqual([]);
  });

  test('tokenizer.json alone is a tokenizer', () => {
    const paths = optimum.filter((path) => !tokenizer.includes(path));
    expect(readLayout(files(...paths, 'tokenizer/tokenizer.json')).kind).toBe('pipelines');
  });
});

describe('no pipeline', () => {
  test.each([
    ['unet', 'unet/model.onnx'],
    ['text_encoder', 'text_encoder/model.onnx'],
    ['vae_decoder', 'vae_decoder/model.onnx'],
    ['tokenizer', 'tokenizer/merges.txt'],
  ])('what is missing is said: %s', (part, path) => {
    const layout = readLayout(files(...optimum.filter((other) => other !== path)));
    expect(layout).toEqual({ kind: 'incomplete', folder: '', missing: [part] });
  });

  test.each([
    [
      'sdxl',
      ['unet/model.onnx', 'text_encoder/model.onnx', 'text_encoder_2/model.onnx', 'vae_decoder/model.onnx'],
    ],
    [
      'flux',
      ['transformer/model.onnx', 'text_encoder/model.onnx', 'text_encoder_2/model.onnx', 'vae/config.json'],
    ],
    [
      'sd3',
      ['transformer/model.onnx', 'text_encoder/a.onnx', 'text_encoder_2/a.onnx', 'text_encoder_3/a.onnx'],
    ],
    [
      'transformer-image',
      ['transformer/diffusion_pytorch_model.safetensors', 'text_encoder/model.safetensors'],
    ],
    ['kandinsky', ['unet/config.json', 'movq/config.json', 'text_encoder/config.json']],
  ])('%s is recognised by its folders', (family, paths) => {
    expect(readLayout(files(...paths))).toEqual({ kind: 'other-family', folder: '', family });
  });

  test('something else altogether', () => {
    expect(readLayout(files('model.onnx', 'config.json', 'README.md'))).toEqual({ kind: 'nothing' });
    expect(readLayout([])).toEqual({ kind: 'nothing' });
  });

  test('a folder that was asked for and is not there', () => {
    expect(readLayout(files(...optimum), 'elsewhere')).toEqual({ kind: 'nothing' });
  });
});

test('whatever the list, every file of a pipeline is in the list, once, and the sum is right', () => {
  const part = fc.constantFrom('a', 'onnx', 'unet', 'text_encoder', 'vae_decoder', 'tokenizer', 'scheduler');
  const name = fc.constantFrom(
    'model.onnx',
    'model_fp16.onnx',
    'model.onnx_data',
    'vocab.json',
    'merges.txt',
    'x.bin',
  );
  const path = fc
    .tuple(fc.array(part, { maxLength: 3 }), name)
    .map(([parts, last]) => [...parts, last].join('/'));
  const base = fc
    .subarray(['', 'a/', 'onnx/'])
    .map((prefixes) => prefixes.flatMap((prefix) => optimum.map((each) => `${prefix}${each}`)));
  fc.assert(
    fc.property(base, fc.array(path, { maxLength: 30 }), (standard, extra) => {
      const list = [...new Set([...standard, ...extra])].map((each, i) => file(each, i + 1));
      const layout = readLayout(list);
      if (layout.kind !== 'pipelines') return standard.length === 0;
      for (const pipeline of layout.pipelines) {
        const paths = pipeline.files.map((each) => each.path);
        expect(new Set(paths).size).toBe(paths.length);
        expect(pipeline.files.every(({ source }) => list.includes(source))).toBe(true);
        expect(pipeline.totalBytes).toBe(
          pipeline.files.reduce((sum, each) => sum + each.source.sizeBytes, 0),
        );
      }
      return true;
    }),
  );
});
