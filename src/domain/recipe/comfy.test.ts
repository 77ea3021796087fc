import fc from 'fast-check';
import { expect, test } from 'vitest';
import { settingsFromComfyGraph } from './comfy.ts';

const graph = {
  '3': {
    class_type: 'KSampler',
    inputs: {
      seed: 8566257,
      steps: 20,
      cfg: 8,
      sampler_name: 'dpmpp_2m',
      scheduler: 'karras',
      denoise: 1,
      model: ['4', 0],
      positive: ['10', 0],
      negative: ['7', 0],
      latent_image: ['5', 0],
    },
  },
  '4': { class_type: 'CheckpointLoaderSimple', inputs: { ckpt_name: 'v1-5.safetensors' } },
  '5': { class_type: 'EmptyLatentImage', inputs: { width: 512, height: 768, batch_size: 1 } },
  '6': { class_type: 'CLIPTextEncode', inputs: { text: 'a glass bottle', clip: ['4', 1] } },
  '7': { class_type: 'CLIPTextEncode', inputs: { text: 'watermark', clip: ['4', 1] } },
  '10': { class_type: 'ConditioningPassThrough', inputs: { conditioning: ['6', 0], strength: 1 } },
};

test('a ComfyUI graph tells prompts, seed, size and sampler, through nodes in between', () => {
  expect(settingsFromComfyGraph(JSON.stringify(graph))).toStrictEqual({
    settings: {
      prompt: 'a glass bottle',
      negativePrompt: 'watermark',
      steps: 20,
      seed: 8566257,
      guidanceScale: 8,
      width: 512,
      height: 768,
      sampler: 'dpmpp-2m-karras',
    },
    modelName: 'v1-5.safetensors',
  });
});

test('a graph that links to itself comes to an end', () => {
  const loop = { ...graph, '10': { class_type: 'Loop', inputs: { a: ['10', 0] } } };
  expect(settingsFromComfyGraph(JSON.stringify(loop))?.settings).not.toHaveProperty('prompt');
});

test('what is no graph gives null and never throws', () => {
  expect(settingsFromComfyGraph('a plain prompt')).toBeNull();
  fc.assert(fc.property(fc.json(), (json) => settingsFromComfyGraph(json) === null));
});
