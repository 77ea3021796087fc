import { describe, expect, it } from 'vitest';
import { goldenWeights } from '../../testing/golden-weights.ts';
import { under } from './lazy-views.ts';
import { ldmLayers } from './ldm-layers.ts';
import { unetFromLdm } from './ldm-unet.ts';
import { isLowRank } from './low-rank.ts';
import { readLora } from './lora.ts';
import { mergeLoras } from './merge-lora.ts';
import type { LazyTensor } from './lazy-tensor.ts';

const layersOf = (names: Iterable<string>) =>
  [...names].filter((name) => name.endsWith('.weight')).map((name) => name.slice(0, -'.weight'.length));

const files = ['sd1', 'sd2', 'tiny-topology'].map((name) => `checkpoints/single-file/${name}.safetensors`);

describe.each(files)('%s', (file) => {
  it('has every layer of its UNet under the name that it has there', async () => {
    const own = under((await goldenWeights(file)).tensors, 'model.diffusion_model.');
    const unet = unetFromLdm(own);
    const names = ldmLayers(layersOf(unet.keys()));
    for (const layer of layersOf(unet.keys())) {
      const name = names.get(layer);
      expect(own.get(`${name}.weight`), `${layer}: ${name}`).toBe(unet.get(`${layer}.weight`));
    }
    expect(new Set(names.values()).size).toBe(layersOf(own.keys()).length);
  });

  it('takes an adapter in those names, as ComfyUI saves one, where it belongs', async () => {
    const unet = unetFromLdm(under((await goldenWeights(file)).tensors, 'model.diffusion_model.'));
    const touched = layersOf(unet.keys()).filter((layer) =>
      /attn2\.to_k$|conv1$|upsamplers|downsamplers/.test(layer),
    );
    const names = ldmLayers(layersOf(unet.keys()));
    const factors = touched.flatMap((layer): [string, LazyTensor][] => {
      const { shape } = unet.get(`${layer}.weight`)!;
      const start = `diffusion_model.${names.get(layer)}`;
      return [
        [`${start}.lora_up.weight`, zeros([shape[0]!, 2])],
        [`${start}.lora_down.weight`, zeros([2, ...shape.slice(1)])],
      ];
    });
    const lora = readLora('saved', { tensors: new Map(factors), metadata: new Map() });
    const [fit] = mergeLoras(unet, 'unet', [{ lora, weight: 1 }]).fits;
    expect([...fit!.touched].sort()).toEqual(touched.map((layer) => `${layer}.weight`).sort());
    expect([fit!.missing, fit!.mismatched, isLowRank(lora, 'unet')]).toEqual([[], [], true]);
  });
});

it('an adapter of another family in such names is refused by what it is', () => {
  const wide = new Map([
    ['diffusion_model.input_blocks.4.1.transformer_blocks.0.attn2.to_k.lora_up.weight', zeros([640, 2])],
    ['diffusion_model.input_blocks.4.1.transformer_blocks.0.attn2.to_k.lora_down.weight', zeros([2, 2048])],
  ]);
  const other = new Map([['diffusion_model.double_blocks.0.img_attn.qkv.lora_up.weight', zeros([8, 2])]]);
  const read = (tensors: Map<string, LazyTensor>) => () => readLora('x', { tensors, metadata: new Map() });
  expect(read(wide)).toThrow(/x is for Stable Diffusion XL/);
  expect(read(other)).toThrow(/x is for another family/);
});

function zeros(shape: readonly number[]): LazyTensor {
  const count = shape.reduce((product, side) => product * side, 1);
  return {
    dtype: 'F32',
    shape,
    float32: () => Promise.resolve(new Float32Array(count)),
    float16: () => Promise.resolve(new Uint16Array(count)),
  };
}
