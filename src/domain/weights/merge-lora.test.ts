import { describe, expect, it } from 'vitest';
import { maxDifference } from '../../testing/closeness.ts';
import { goldenWeights } from '../../testing/golden-weights.ts';
import { floats, safetensors } from '../../testing/safetensors.ts';
import { memorySource } from './byte-source.ts';
import { readCheckpoint } from './checkpoint.ts';
import type { Tensors, WeightFile } from './lazy-tensor.ts';
import { readLora } from './lora.ts';
import type { WeightedLora } from './lora-changes.ts';
import { mergeLoras } from './merge-lora.ts';
import { openWeights } from './weight-file.ts';

const written = (tensors: Parameters<typeof safetensors>[0], metadata?: Record<string, string>) =>
  openWeights(memorySource('made.safetensors', safetensors(tensors, metadata)));

const golden = (name: string) => goldenWeights(`checkpoints/lora/${name}.safetensors`);
const lora = async (name: string) => readLora(name, await golden(name));
const miniUnet = async () => {
  const name = 'mini-checkpoint/unet/diffusion_pytorch_model.safetensors';
  return (await readCheckpoint(await goldenWeights(name), name)).unet!.tensors;
};
const miniText = async () => {
  const name = 'mini-checkpoint/text_encoder/model.safetensors';
  return (await readCheckpoint(await goldenWeights(name), name)).text_encoder!.tensors;
};

/** The formula, written out: W + scale · up · down. */
async function byHand(base: Tensors, name: string, file: WeightFile, layer: string, scale: number) {
  const [up, down] = await Promise.all(
    ['up', 'down'].map((part) => {
      const { tensors } = file;
      const key = [...tensors.keys()].find(
        (each) =>
          each.startsWith(layer) &&
          new RegExp(`${part === 'up' ? 'up|lora_B' : 'down|lora_A'}`).test(each.slice(layer.length)),
      );
      return tensors.get(key!)!.float32();
    }),
  );
  const weight = base.get(name)!;
  const values = await weight.float32();
  const rows = weight.shape[0]!;
  const columns = values.length / rows;
  const rank = up!.length / rows;
  return values.map((value, at) => {
    let sum = 0;
    for (let k = 0; k < rank; k++)
      sum += up![Math.floor(at / columns) * rank + k]! * down![k * columns + (at % columns)]!;
    return value + scale * sum;
  });
}

async function expectMerged(
  base: Tensors,
  network: 'unet' | 'text_encoder',
  loras: readonly WeightedLora[],
  name: string,
  expected: Float32Array,
) {
  const { tensors } = mergeLoras(base, network, loras);
  expect(maxDifference(await tensors.get(name)!.float32(), expected)).toBeLessThan(1e-5);
}

const toQ = 'down_blocks.1.attentions.0.transformer_blocks.0.attn1.to_q.weight';

describe('LoRAs', () => {
  it('kohya’s alpha counts for its own layer, in UNet and text encoder', async () => {
    const file = await golden('kohya-alpha-by-layer-te');
    const it = await lora('kohya-alpha-by-layer-te');
    for (const [network, base, name, layer] of [
      ['unet', await miniUnet(), toQ, 'lora_unet_down_blocks_1_attentions_0_transformer_blocks_0_attn1_to_q'],
      [
        'text_encoder',
        await miniText(),
        'text_model.encoder.layers.1.mlp.fc2.weight',
        'lora_te_text_model_encoder_layers_1_mlp_fc2',
      ],
    ] as const) {
      const alpha = (await file.tensors.get(`${layer}.alpha`)!.float32())[0]!;
      const expected = await byHand(base, name, file, layer, (0.6 * alpha) / 4);
      await expectMerged(base, network, [{ lora: it, weight: 0.6 }], name, expected);
    }
  });

  it('peft’s alpha is in the metadata, another for each network', async () => {
    const file = await golden('peft-alpha-in-metadata');
    const it = await lora('peft-alpha-in-metadata');
    const text = 'text_model.encoder.layers.0.self_attn.q_proj.weight';
    const [unet, te] = [await miniUnet(), await miniText()];
    await expectMerged(
      unet,
      'unet',
      [{ lora: it, weight: 1 }],
      toQ,
      await byHand(unet, toQ, file, `unet.${toQ.slice(0, -7)}`, 2 / 4),
    );
    await expectMerged(
      te,
      'text_encoder',
      [{ lora: it, weight: 1 }],
      text,
      await byHand(te, text, file, 'text_encoder.encoder.layers.0.self_attn.q_proj', 8 / 4),
    );
  });

  it('two at once add up, one of them negative; a weight of 0 leaves the tensor as it is', async () => {
    const base = await miniUnet();
    const one = await lora('kohya-uniform-alpha');
    const two = await lora('diffusers-lora-linear-layer');
    const first = mergeLoras(base, 'unet', [{ lora: one, weight: 1 }]).tensors;
    const expected = await byHand(
      first,
      toQ,
      await golden('diffusers-lora-linear-layer'),
      `unet.${toQ.slice(0, -7)}`,
      -0.3,
    );
    await expectMerged(
      base,
      'unet',
      [
        { lora: one, weight: 1 },
        { lora: two, weight: -0.3 },
      ],
      toQ,
      expected,
    );
    const none = mergeLoras(base, 'unet', [{ lora: one, weight: 0 }]).tensors;
    expect(none.get(toQ)).toBe(base.get(toQ));
  });

  it('convolutions are merged, and what a LoRA does not touch stays the same tensor', async () => {
    const base = await miniUnet();
    const name = 'down_blocks.1.resnets.0.conv1.weight';
    const file = await golden('kohya-locon');
    const expected = await byHand(base, name, file, 'lora_unet_down_blocks_1_resnets_0_conv1', 1 / 2);
    await expectMerged(base, 'unet', [{ lora: await lora('kohya-locon'), weight: 1 }], name, expected);
    const { tensors, fits } = mergeLoras(base, 'unet', [{ lora: await lora('kohya-locon'), weight: 1 }]);
    expect(fits[0]).toMatchObject({ missing: [], mismatched: [] });
    const changed = [...tensors].filter(([key, tensor]) => tensor !== base.get(key)).map(([key]) => key);
    expect(changed.sort()).toEqual([...fits[0]!.touched].sort());
  });

  it('every layer of every file for this model is applied', async () => {
    const [unet, text] = [await miniUnet(), await miniText()];
    for (const name of [
      'kohya-alpha-by-layer-te',
      'kohya-uniform-alpha',
      'kohya-locon',
      'peft-alpha-in-metadata',
      'diffusers-lora-linear-layer',
      'lycoris-loha',
      'lycoris-dora',
    ]) {
      const loras = [{ lora: await lora(name), weight: 1 }];
      const fits = [
        mergeLoras(unet, 'unet', loras).fits[0]!,
        mergeLoras(text, 'text_encoder', loras).fits[0]!,
      ];
      expect(fits.flatMap(({ missing, mismatched }) => [...missing, ...mismatched])).toEqual([]);
      expect(fits[0]!.touched.length + fits[1]!.touched.length).toBe(loras[0]!.lora.layers.length);
    }
  });

  it('a LoRA for the whole Stable Diffusion 1.5 says which layers a distilled UNet lacks', async () => {
    const { fits } = mergeLoras(await miniUnet(), 'unet', [
      { lora: await lora('for-sd15-topology'), weight: 1 },
    ]);
    expect(fits[0]!.missing.length).toBeGreaterThan(0);
    expect(fits[0]!.mismatched.length).toBeGreaterThan(0);
    const { layers } = await lora('for-sd15-topology');
    expect(fits[0]!.touched.length + fits[0]!.missing.length + fits[0]!.mismatched.length).toBe(
      layers.length,
    );
  });
});

describe('adapters by their formulas', () => {
  const base = async (shape: number[], values: number[]) =>
    (await written({ 'conv_in.weight': floats(shape, values), 'conv_in.bias': floats([2], [1, 1]) })).tensors;
  const apply = async (
    parts: Record<string, ReturnType<typeof floats>>,
    shape: number[],
    values: number[],
    weight = 1,
  ) => {
    const file = await written(
      Object.fromEntries(
        Object.entries(parts).map(([part, tensor]) => [`lora_unet_conv_in.${part}`, tensor]),
      ),
    );
    const { tensors, fits } = mergeLoras(await base(shape, values), 'unet', [
      { lora: readLora('x', file), weight },
    ]);
    return {
      values: [...(await tensors.get('conv_in.weight')!.float32())],
      bias: [...(await tensors.get('conv_in.bias')!.float32())],
      fit: fits[0]!,
    };
  };

  it('LoKr is a product of Kronecker’s', async () => {
    const parts = {
      lokr_w1: floats([2, 1], [1, 2]),
      lokr_w2_a: floats([1, 1], [3]),
      lokr_w2_b: floats([1, 2], [1, 10]),
      alpha: floats([], [2]),
    };
    expect((await apply(parts, [2, 2], [0, 0, 0, 0])).values).toEqual([6, 60, 12, 120]);
  });

  it('LoHa multiplies two products by element', async () => {
    const parts = {
      hada_w1_a: floats([2, 1], [1, 2]),
      hada_w1_b: floats([1, 2], [1, 3]),
      hada_w2_a: floats([2, 1], [5, 1]),
      hada_w2_b: floats([1, 2], [1, 1]),
    };
    expect((await apply(parts, [2, 2], [1, 1, 1, 1], 2)).values).toEqual([11, 31, 5, 13]);
  });

  it('CP has a core between up and down', async () => {
    const parts = {
      'lora_up.weight': floats([2, 1, 1, 1], [1, 2]),
      'lora_down.weight': floats([1, 1, 1, 1], [3]),
      'lora_mid.weight': floats([1, 1, 1, 2], [1, 10]),
    };
    expect((await apply(parts, [2, 1, 1, 2], [0, 0, 0, 0])).values).toEqual([3, 30, 6, 60]);
  });

  it('LoHa with cores: Σ t[i, j, …] · a[i, p] · b[j, r]', async () => {
    const ones = {
      hada_t2: floats([1, 1, 1, 1], [1]),
      hada_w2_a: floats([1, 2], [1, 1]),
      hada_w2_b: floats([1, 1], [1]),
    };
    const parts = {
      ...ones,
      hada_t1: floats([2, 1, 1, 1], [1, 10]),
      hada_w1_a: floats([2, 2], [1, 2, 3, 4]),
      hada_w1_b: floats([1, 1], [5]),
    };
    expect((await apply(parts, [2, 1, 1, 1], [0, 0])).values).toEqual([5 * (1 + 30), 5 * (2 + 40)]);
  });

  it('DoRA gives rows or columns their length, as its shape says, and keeps half of it at half strength', async () => {
    const plain = { 'lora_up.weight': floats([2, 1], [1, 0]), 'lora_down.weight': floats([1, 2], [1, 0]) };
    const rows = await apply({ ...plain, dora_scale: floats([2, 1], [10, 1]) }, [2, 2], [2, 4, 0, 2]);
    expect(rows.values.map((value) => Math.round(value * 1e4) / 1e4)).toEqual([6, 8, 0, 1]);
    const columns = await apply({ ...plain, dora_scale: floats([1, 2], [1, 1]) }, [2, 2], [2, 3, 4, 4], 0.5);
    expect(columns.values.map((value) => Math.round(value * 1e4) / 1e4)).toEqual([1.3, 1.8, 2.4, 2.4]);
  });

  it('peft’s lengths are of rows in every shape that it writes them in', async () => {
    const plain = { 'lora_up.weight': floats([2, 1], [1, 0]), 'lora_down.weight': floats([1, 2], [1, 0]) };
    for (const shape of [[2], [1, 2, 1, 1]]) {
      const parts = { ...plain, 'lora_magnitude_vector.weight': floats(shape, [10, 1]) };
      const { values } = await apply(parts, [2, 2], [2, 4, 0, 2]);
      expect(values.map((value) => Math.round(value * 1e4) / 1e4)).toEqual([6, 8, 0, 1]);
    }
  });

  it('full differences add to weight and bias', async () => {
    const { values, bias } = await apply(
      { diff: floats([2, 1], [1, 2]), diff_b: floats([2], [3, 4]) },
      [2, 1],
      [1, 1],
      -1,
    );
    expect(values).toEqual([0, -1]);
    expect(bias).toEqual([-2, -3]);
  });

  it('parts that do not fit each other are told, not multiplied', async () => {
    const { fit } = await apply(
      { 'lora_up.weight': floats([2, 2], [1, 1, 1, 1]), 'lora_down.weight': floats([1, 2], [1, 1]) },
      [2, 2],
      [1, 1, 1, 1],
    );
    expect(fit.mismatched).toEqual(['conv_in']);
  });

  it('peft’s own folder keeps alpha beside the file, and a root of the rank', async () => {
    const file = await written({
      'base_model.model.conv_in.lora_A.weight': floats([4, 1], [1, 1, 1, 1]),
      'base_model.model.conv_in.lora_B.weight': floats([2, 4], [1, 1, 1, 1, 0, 0, 0, 0]),
    });
    const read = async (config: object) => {
      const loras = [{ lora: readLora('x', file, JSON.stringify(config)), weight: 1 }];
      return [
        ...(await mergeLoras(await base([2, 1], [0, 0]), 'unet', loras)
          .tensors.get('conv_in.weight')!
          .float32()),
      ];
    };
    expect(await read({ lora_alpha: 8 })).toEqual([8, 0]);
    expect(await read({ lora_alpha: 8, use_rslora: true })).toEqual([16, 0]);
    expect(await read({ lora_alpha: 8, alpha_pattern: { conv_in: 4 } })).toEqual([4, 0]);
    expect(await read({ peft_type: 'LOHA', alpha: 8 })).toEqual([8, 0]);
    expect(await read({})).toEqual([4, 0]);
  });

  it.each([
    ['lora_unet_x.oft_blocks', /OFT/],
    ['lora_unet_x.on_input', /IA/],
    ['lora_te2_text_model_encoder_layers_0_mlp_fc1.lora_up.weight', /XL/],
    ['transformer.single_blocks.0.lora_A.weight', /another family/],
    ['lora_unet_x.something', /something, an adapter of a kind/],
  ])('%s is refused by name', async (key, message) => {
    const file = await written({ [key]: floats([1], [1]) });
    expect(() => readLora('mine', file)).toThrow(message);
  });
});
