/** One LoRA in every spelling that tools write, and one model in every form that single files have: always the same weights. */
import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { goldenWeights } from '../../testing/golden-weights.ts';
import { readCheckpoint } from './checkpoint.ts';
import type { LazyTensor, Tensors } from './lazy-tensor.ts';
import { layerKey, readLoraName, type LoraPart, type Network } from './lora-names.ts';
import { readLora } from './lora.ts';
import { mergeLoras } from './merge-lora.ts';

type Base = Readonly<Record<Network, Tensors>>;
type Layer = {
  network: Network;
  /** With dots: `down_blocks.0.attentions.0.transformer_blocks.0.attn1.to_out.0`. */
  name: string;
  up: LazyTensor;
  down: LazyTensor;
  alpha: LazyTensor;
};

const part = async (name: string) => readCheckpoint(await goldenWeights(name), name);

async function openBase(): Promise<Base> {
  return {
    unet: (await part('mini-checkpoint/unet/diffusion_pytorch_model.safetensors')).unet!.tensors,
    text_encoder: (await part('mini-checkpoint/text_encoder/model.safetensors')).text_encoder!.tensors,
  };
}

/** Of kohya's file, whose alpha differs from layer to layer. */
async function openLayers(base: Base): Promise<readonly Layer[]> {
  const { tensors } = await goldenWeights('checkpoints/lora/kohya-alpha-by-layer-te.safetensors');
  const dotted = new Map<string, string>(
    (['unet', 'text_encoder'] as const).flatMap((network) =>
      [...base[network].keys()]
        .filter((name) => name.endsWith('.weight'))
        .map((name) => [`${network} ${layerKey(name.slice(0, -7))}`, name.slice(0, -7)] as const),
    ),
  );
  const layers = new Map<string, Partial<Record<LoraPart, LazyTensor>>>();
  for (const [name, tensor] of tensors) {
    const found = readLoraName(name)!;
    const key = `${found.network!} ${layerKey(found.layer)}`;
    layers.set(key, { ...layers.get(key), [found.part]: tensor });
  }
  return [...layers].map(([key, { up, down, alpha }]) => ({
    network: key.split(' ')[0] as Network,
    name: dotted.get(key)!,
    up: up!,
    down: down!,
    alpha: alpha!,
  }));
}

/** By their hash: equal to the last bit. */
async function valuesOf(tensors: Tensors) {
  const hashOf = async (tensor: LazyTensor) =>
    createHash('sha1')
      .update(await tensor.float32())
      .digest('hex');
  const entries = [...tensors].map(async ([name, tensor]) => [name, await hashOf(tensor)] as const);
  return new Map(await Promise.all(entries));
}

describe('a LoRA', () => {
  let base: Base;
  let layers: readonly Layer[];
  let expected: readonly ReadonlyMap<string, string>[];
  beforeAll(async () => {
    base = await openBase();
    layers = await openLayers(base);
    expected = await mergedBy(await goldenWeights('checkpoints/lora/kohya-alpha-by-layer-te.safetensors'));
  });

  async function mergedBy(file: Parameters<typeof readLora>[1], config?: object) {
    const lora = readLora('it', file, config && JSON.stringify(config));
    const merged = (['unet', 'text_encoder'] as const).map((network) =>
      mergeLoras(base[network], network, [{ lora, weight: -0.3 }]),
    );
    for (const { fits } of merged) expect(fits[0]).toMatchObject({ missing: [], mismatched: [] });
    return Promise.all(merged.map(({ tensors }) => valuesOf(tensors)));
  }

  const spelled = (spell: (layer: Layer) => Readonly<Record<string, LazyTensor>>) => ({
    tensors: new Map(layers.flatMap((layer) => Object.entries(spell(layer)))),
    metadata: new Map<string, string>(),
  });

  /** Layer → alpha, as peft's settings say it. */
  const alphas = async (name: (layer: Layer) => string) =>
    Object.fromEntries(
      await Promise.all(
        layers.map(async (layer) => [name(layer), (await layer.alpha.float32())[0]!] as const),
      ),
    );

  it('in diffusers’ first names, on attention processors', async () => {
    const processor = (name: string) => name.replace(/\.(to_[qkv]|to_out)(?:\.0)?$/, '.processor.$1');
    const file = spelled(({ network, name, up, down, alpha }) => {
      const isAttention = network === 'unet' && /\.attn[12]\.to_/.test(name);
      const layer = `${network}.${isAttention ? processor(name) : name}`;
      const start = isAttention ? `${layer}_lora` : `${layer}.lora_linear_layer`;
      return {
        [`${start}.up.weight`]: up,
        [`${start}.down.weight`]: down,
        [`${start}.alpha`]: alpha,
      };
    });
    expect(await mergedBy(file)).toEqual(expected);
  });

  it('in diffusers’ second names, without a word on the UNet', async () => {
    const file = spelled(({ network, name, up, down, alpha }) => {
      const layer = network === 'unet' ? name : `${network}.${name}`;
      return {
        [`${layer}.lora.up.weight`]: up,
        [`${layer}.lora.down.weight`]: down,
        [`${layer}.alpha`]: alpha,
      };
    });
    expect(await mergedBy(file)).toEqual(expected);
  });

  it.each(['', '.default', '.my-style_1'])('in peft’s names, the adapter called “%s”', async (called) => {
    const file = spelled(({ network, name, up, down, alpha }) => ({
      [`${network}.${name}.lora_B${called}.weight`]: up,
      [`${network}.${name}.lora_A${called}.weight`]: down,
      [`${network}.${name}.alpha`]: alpha,
    }));
    expect(await mergedBy(file)).toEqual(expected);
  });

  it('with alpha in the metadata, the text encoder in either spelling', async () => {
    for (const bare of [true, false]) {
      const short = (name: string) => (bare ? name.replace(/^text_model\./, '') : name);
      const file = spelled(({ network, name, up, down }) => ({
        [`${network}.${short(name)}.lora_B.weight`]: up,
        [`${network}.${short(name)}.lora_A.weight`]: down,
      }));
      const patterns = await alphas(({ name }) => short(name));
      const metadata = new Map([
        [
          'lora_adapter_metadata',
          JSON.stringify({
            'unet.lora_alpha': 99,
            'unet.alpha_pattern': patterns,
            'text_encoder.lora_alpha': 99,
            'text_encoder.alpha_pattern': patterns,
          }),
        ],
      ]);
      expect(await mergedBy({ ...file, metadata })).toEqual(expected);
    }
  });

  it('in a folder of peft’s, with alpha in adapter_config.json', async () => {
    const file = spelled(({ name, up, down }) => ({
      [`base_model.model.${name}.lora_B.weight`]: up,
      [`base_model.model.${name}.lora_A.weight`]: down,
    }));
    const config = { peft_type: 'LORA', lora_alpha: 99, alpha_pattern: await alphas(({ name }) => name) };
    expect(await mergedBy(file, config)).toEqual(expected);
  });
});

describe('a single file', () => {
  const renamed = (tensors: Tensors, rename: (name: string) => string | null): Tensors =>
    new Map(
      [...tensors].flatMap(([name, tensor]) => {
        const next = rename(name);
        return next === null ? [] : [[next, tensor] as const];
      }),
    );
  const prefix = 'model.diffusion_model.';

  it.each(['sd1', 'sd2', 'tiny-topology'])(
    'of %s with nothing but the average has the same UNet',
    async (name) => {
      const file = await goldenWeights(`checkpoints/single-file/${name}.safetensors`);
      const average = renamed(file.tensors, (key) => {
        if (key.startsWith('model_ema.')) return null;
        if (!key.startsWith(prefix)) return key;
        return `model_ema.diffusion_model${key.slice(prefix.length).replaceAll('.', '')}`;
      });
      const averaged = await readCheckpoint({ ...file, tensors: average }, 'ema.ckpt');
      const whole = await readCheckpoint(file, 'whole.ckpt');
      expect(averaged.unet!.config).toEqual(whole.unet!.config);
      const pairs = (tensors: Tensors) => [...tensors].sort(([a], [b]) => (a < b ? -1 : 1));
      expect(pairs(averaged.unet!.tensors)).toEqual(pairs(whole.unet!.tensors));
    },
  );

  it('with both is taken without the average', async () => {
    const file = await goldenWeights('checkpoints/single-file/sd1.safetensors');
    const other = file.tensors.get(`${prefix}out.2.bias`)!;
    const both = new Map([
      ...file.tensors,
      ['model_ema.diffusion_modelinput_blocks00weight', other] as const,
    ]);
    const { unet } = await readCheckpoint({ ...file, tensors: both }, 'both.ckpt');
    expect(unet!.tensors.get('conv_in.weight')!.shape).toEqual([8, 4, 3, 3]);
  });

  it('has a text encoder in either spelling', async () => {
    const file = await goldenWeights('checkpoints/single-file/sd1.safetensors');
    const names = (tensors: Tensors) =>
      readCheckpoint({ ...file, tensors }, 'x').then((read) => [...read.text_encoder!.tensors.keys()]);
    const long = 'cond_stage_model.transformer.text_model.';
    const bare = renamed(file.tensors, (name) => name.replace(long, 'cond_stage_model.transformer.'));
    const full = renamed(bare, (name) => name.replace(/^cond_stage_model\.transformer\./, long));
    expect(await names(bare)).toEqual(await names(full));
    expect((await names(bare)).length).toBeGreaterThan(20);
  });

  it('without a VAE has none, and everything else', async () => {
    const file = await goldenWeights('checkpoints/single-file/sd1.safetensors');
    const tensors = renamed(file.tensors, (name) => (name.startsWith('first_stage_model.') ? null : name));
    const { unet, vae, text_encoder } = await readCheckpoint({ ...file, tensors }, 'pruned.safetensors');
    expect([unet === null, vae === null, text_encoder === null]).toEqual([false, true, false]);
  });
});
