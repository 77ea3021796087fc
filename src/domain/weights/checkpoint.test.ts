import { describe, expect, it } from 'vitest';
import { maxDifference } from '../../testing/closeness.ts';
import { goldenWeights } from '../../testing/golden-weights.ts';
import { floats, safetensors } from '../../testing/safetensors.ts';
import { memorySource } from './byte-source.ts';
import { readCheckpoint, type Checkpoint } from './checkpoint.ts';
import { openWeights } from './weight-file.ts';

const read = async (name: string) => readCheckpoint(await goldenWeights(name), name);

const made = async (tensors: Parameters<typeof safetensors>[0], metadata?: Record<string, string>) => {
  const file = await openWeights(memorySource('made', safetensors(tensors, metadata)));
  return readCheckpoint(file, 'made.safetensors');
};

const blank = (...shape: number[]) =>
  floats(shape, new Array<number>(shape.reduce((a, b) => a * b, 1)).fill(0));

describe('checkpoints', () => {
  it('a single file of Tiny SD’s topology is the pipeline of folders, name by name', async () => {
    const single = await read('checkpoints/single-file/tiny-topology.safetensors');
    for (const [part, folder] of [
      ['unet', 'unet/diffusion_pytorch_model'],
      ['vae', 'vae/diffusion_pytorch_model'],
      ['text_encoder', 'text_encoder/model'],
    ] as const) {
      const folders = await read(`mini-checkpoint/${folder}.safetensors`);
      const { tensors, config } = single[part]!;
      expect(config).toEqual(folders[part]!.config);
      expect([...tensors.keys()].sort()).toEqual([...folders[part]!.tensors.keys()].sort());
      for (const [name, tensor] of folders[part]!.tensors) {
        expect(tensors.get(name)!.shape).toEqual(tensor.shape);
      }
    }
  });

  it('both spellings of Stable Diffusion 1 have the networks that diffusers makes of them', async () => {
    for (const name of ['sd1.safetensors', 'sd1.ckpt']) {
      const { unet, vae, text_encoder: text, prediction } = await read(`checkpoints/single-file/${name}`);
      expect(unet!.config).toMatchObject({
        block_out_channels: [8, 16, 24, 24],
        layers_per_block: 2,
        mid_block_type: 'UNetMidBlock2DCrossAttn',
        use_linear_projection: false,
        attention_head_dim: 8,
      });
      expect(unet!.tensors.has('up_blocks.3.attentions.2.transformer_blocks.0.ff.net.0.proj.weight')).toBe(
        true,
      );
      expect(vae!.config).toMatchObject({ block_out_channels: [8, 8, 16, 16], layers_per_block: 2 });
      expect(vae!.tensors.get('decoder.mid_block.attentions.0.to_q.weight')!.shape).toEqual([16, 16]);
      expect(text!.config).toMatchObject({ num_hidden_layers: 2, hidden_act: 'quick_gelu' });
      expect(prediction).toEqual({ type: 'epsilon', known: true });
    }
  });

  it('Stable Diffusion 2 leaves out OpenCLIP’s last layer, and whether it predicts velocity is asked', async () => {
    const { unet, text_encoder: text, prediction } = await read('checkpoints/single-file/sd2.safetensors');
    expect(unet!.config['use_linear_projection']).toBe(true);
    expect(text!.config).toMatchObject({ num_hidden_layers: 23, hidden_act: 'gelu', pad_token_id: 0 });
    expect(prediction).toEqual({ type: 'v_prediction', known: false });
    const file = await goldenWeights('checkpoints/single-file/sd2.safetensors');
    const block = 'cond_stage_model.model.transformer.resblocks.1.attn.in_proj_weight';
    const packed = await file.tensors.get(block)!.float32();
    const key = await text!.tensors.get('text_model.encoder.layers.1.self_attn.k_proj.weight')!.float32();
    expect(maxDifference(key, packed.subarray(32 * 32, 2 * 32 * 32))).toBe(0);
  });

  it('a consistency model, a small autoencoder and a text encoder are told by their own files', async () => {
    const lcm = await read('checkpoints/diffusers/lcm-unet/diffusion_pytorch_model.safetensors');
    expect(lcm.unet!.config['time_cond_proj_dim']).toBe(16);
    const taesd = await read('checkpoints/diffusers/taesd/diffusion_pytorch_model.safetensors');
    expect(taesd.vae!.config).toMatchObject({
      _class_name: 'AutoencoderTiny',
      encoder_block_out_channels: [8, 8, 8, 8],
      decoder_block_out_channels: [8, 8, 8, 8],
      num_encoder_blocks: [1, 1, 1, 1],
      num_decoder_blocks: [1, 1, 1, 1],
    });
    const text = await read('mini-checkpoint-bin/text_encoder/pytorch_model.bin');
    expect(partsOf(text)).toEqual(['text_encoder']);
  });

  it('an autoencoder that comes by itself is one, also in names of long ago', async () => {
    const { tensors } = await goldenWeights('checkpoints/single-file/sd1.safetensors');
    const bare = [...tensors].flatMap(([name, tensor]) =>
      name.startsWith('first_stage_model.') ? [[name.slice(18), tensor] as const] : [],
    );
    const vae = await readCheckpoint({ tensors: new Map(bare), metadata: new Map() }, 'vae.pt');
    expect(partsOf(vae)).toEqual(['vae']);
    const whole = await read('checkpoints/single-file/sd1.safetensors');
    const old = [...whole.vae!.tensors].map(([name, tensor]) => {
      const next = name
        .replace(/\.to_q\./, '.query.')
        .replace('.to_k.', '.key.')
        .replace('.to_v.', '.value.');
      return [next.replace('.to_out.0.', '.proj_attn.'), tensor] as const;
    });
    const renamed = await readCheckpoint({ tensors: new Map(old), metadata: new Map() }, 'vae.bin');
    expect([...renamed.vae!.tensors.keys()].sort()).toEqual([...vae.vae!.tensors.keys()].sort());
  });

  it('metadata that tells velocity is believed', async () => {
    const unet = { 'model.diffusion_model.input_blocks.0.0.weight': blank(8, 4, 3, 3) };
    const { prediction } = await made(unet, { 'modelspec.prediction_type': 'v' });
    expect(prediction).toEqual({ type: 'v_prediction', known: true });
  });

  it.each([
    ['conditioner.embedders.0.transformer.text_model.embeddings.x', /Stable Diffusion XL/],
    ['model.diffusion_model.joint_blocks.0.x_block.attn.qkv.weight', /Stable Diffusion 3/],
    ['double_blocks.0.img_attn.qkv.weight', /Flux/],
    ['control_model.input_blocks.0.0.weight', /ControlNet/],
    ['down_blocks.0.motion_modules.0.norm.weight', /video/],
    ['transformer_blocks.0.attn1.to_q.weight', /diffusion transformer/],
    ['lora_unet_mid_block_attentions_0_proj_in.lora_up.weight', /a LoRA: add it beside/],
    ['something.else.altogether', /none of the names/],
  ])('%s is told', async (name, message) => {
    await expect(made({ [name]: blank(2, 2, 2) })).rejects.toMatchObject({
      code: 'model-unsupported',
      message: expect.stringMatching(message) as string,
    });
  });
});

const partsOf = (checkpoint: Checkpoint) =>
  (['unet', 'vae', 'text_encoder'] as const).filter((part) => checkpoint[part] !== null);
