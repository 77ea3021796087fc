import { describe, expect, test } from 'vitest';
import { catalogue, catalogueEntryOf } from './catalogue.ts';
import { readLayout, type PipelineLayout } from './layout.ts';
import type { SourceFile } from './model-file.ts';
import { formatModelId } from './model-id.ts';
import { planModel, type ModelOrigin, type PlanInput } from './plan.ts';

const fp16Text = 246_537_314;
const list = (sizes: Readonly<Record<string, number>>): SourceFile[] =>
  Object.entries(sizes).map(([path, sizeBytes]) => ({ path, sizeBytes }));
const bare = {
  'text_encoder/model.onnx': fp16Text,
  'unet/model.onnx': 647_000_000,
  'vae_decoder/model.onnx': 99_000_000,
  'tokenizer/vocab.json': 1_059_962,
  'tokenizer/merges.txt': 524_619,
};
const origin: ModelOrigin = {
  kind: 'hub',
  hubUrl: 'https://huggingface.co',
  repository: 'owner/name',
  revision: 'abc',
};

function layoutOf(files: SourceFile[]): PipelineLayout {
  const layout = readLayout(files);
  if (layout.kind !== 'pipelines') throw new Error(layout.kind);
  return layout.pipelines[0]!;
}

const plan = (input: Partial<PlanInput> & { readonly files?: SourceFile[] }) =>
  planModel({
    origin,
    layout: layoutOf(input.files ?? list(bare)),
    texts: new Map(),
    licence: null,
    entry: undefined,
    ...input,
  });

const texts = (entries: Readonly<Record<string, object>>) =>
  new Map(Object.entries(entries).map(([path, json]) => [path, JSON.stringify(json)]));

describe('files that the repository leaves out', () => {
  test('a text encoder of CLIP ViT-L’s size proves Stable Diffusion 1.x, whose values are filled in', () => {
    const paths = plan({}).filled.map((file) => file.path);
    expect(paths).toContain('scheduler/scheduler_config.json');
    expect(paths).toContain('vae_decoder/config.json');
  });

  test('nothing is filled in over what the repository has', () => {
    const files = list({ ...bare, 'unet/config.json': 900 });
    const filled = plan({ files, texts: texts({ 'unet/config.json': { cross_attention_dim: 768 } }) }).filled;
    expect(filled.map((file) => file.path)).not.toContain('unet/config.json');
  });

  test('a model of the catalogue gets its own family’s scheduler', () => {
    const entry = catalogue.find((each) => each.key === 'lcm-tiny-sd')!;
    const scheduler = plan({ entry }).filled.find((file) => file.path.startsWith('scheduler/'));
    expect(JSON.parse(scheduler!.text)).toMatchObject({ _class_name: 'LCMScheduler', beta_end: 0.012 });
  });

  test('without proof of the family a missing scheduler is not guessed', () => {
    const files = list({ ...bare, 'text_encoder/model.onnx': 680_000_000 });
    expect(() => plan({ files })).toThrow(expect.objectContaining({ code: 'model-incomplete' }) as Error);
  });

  test('with a scheduler of its own, an unknown family is taken as it is', () => {
    const files = list({ ...bare, 'text_encoder/model.onnx': 5, 'scheduler/scheduler_config.json': 5 });
    expect(plan({ files }).filled).toEqual([]);
  });
});

describe('pipelines of other families', () => {
  test.each([
    ['StableDiffusionXLPipeline', 'Stable Diffusion XL'],
    ['FluxPipeline', 'Flux'],
    ['StableDiffusion3Pipeline', 'Stable Diffusion 3'],
    ['StableDiffusionXLInpaintPipeline', 'Stable Diffusion XL'],
    ['StableDiffusionInstructPix2PixPipeline', 'InstructPix2Pix'],
  ])('%s is refused by name', (className, words) => {
    expect(() => plan({ texts: texts({ 'model_index.json': { _class_name: className } }) })).toThrow(
      expect.objectContaining({
        code: 'model-unsupported',
        message: expect.stringContaining(words) as string,
      }) as Error,
    );
  });

  test.each([
    'StableDiffusionPipeline',
    'OnnxStableDiffusionPipeline',
    'LatentConsistencyModelPipeline',
    'StableDiffusionInpaintPipeline',
  ])('%s is ours', (className) => {
    expect(plan({ texts: texts({ 'model_index.json': { _class_name: className } }) }).id).toBe('owner/name');
  });

  test('a UNet with nine input channels inpaints; one with eight changes pictures by words, and is refused', () => {
    expect(plan({ texts: texts({ 'unet/config.json': { in_channels: 9 } }) }).id).toBe('owner/name');
    expect(() => plan({ texts: texts({ 'unet/config.json': { in_channels: 8 } }) })).toThrow(/editing/);
  });
});

describe('what the plan tells', () => {
  test('sizes of components and of all', () => {
    const { componentBytes, totalBytes } = plan({});
    expect(componentBytes).toEqual({ text_encoder: fp16Text, unet: 647_000_000, vae_decoder: 99_000_000 });
    expect(totalBytes).toBe(Object.values(bare).reduce((a, b) => a + b));
  });

  test('three UNet levels allow sides that are multiples of 32', () => {
    const unet = { block_out_channels: [320, 640, 1280], sample_size: 64, cross_attention_dim: 768 };
    const files = list({ ...bare, 'unet/config.json': 900 });
    const { card } = plan({ files, texts: texts({ 'unet/config.json': unet }), licence: 'mit' });
    expect(card).toMatchObject({ sizeMultiple: 32, licence: 'mit', defaults: { width: 512, steps: 25 } });
  });

  test.each([
    ['its own levels', 'vae_decoder/config.json', { block_out_channels: [128, 256, 512] }],
    ['a tiny autoencoder’s', 'vae/config.json', { decoder_block_out_channels: [64, 64, 64] }],
  ])('a VAE of three levels makes a picture of four times the latents: %s', (_name, path, vae) => {
    const files = list({ ...bare, 'unet/config.json': 900, [path]: 900 });
    const unet = { block_out_channels: [320, 640, 1280], sample_size: 64, cross_attention_dim: 768 };
    const given = texts({ 'unet/config.json': unet, 'vae_decoder/config.json': vae });
    const { card, vaeFactor } = plan({ files, texts: given });
    expect(vaeFactor).toBe(4);
    expect(card).toMatchObject({ sizeMultiple: 16, defaults: { width: 256, height: 256 } });
  });

  test('an LCM’s scheduler means four steps without guidance', () => {
    const scheduler = '{"_class_name": "LCMScheduler", "lambda_min_clipped": -Infinity}';
    const files = list({ ...bare, 'scheduler/scheduler_config.json': scheduler.length });
    const { card } = plan({ files, texts: new Map([['scheduler/scheduler_config.json', scheduler]]) });
    expect(card.defaults).toMatchObject({ steps: 4, guidanceScale: 1, sampler: 'model' });
  });

  test('a folder on disk is named by its name', () => {
    expect(plan({ origin: { kind: 'disk', folderName: 'my model' } }).id).toBe('local:my model');
  });
});

test('every source of the catalogue leads back to its entry, and to no other', () => {
  for (const entry of catalogue) {
    for (const source of entry.sources) expect(catalogueEntryOf(formatModelId(source))).toBe(entry);
  }
});
