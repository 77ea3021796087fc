/** What a single file cannot say in words it says in shapes: tensors in diffusers' names → the config.json that would lie beside them. */
import type { Json } from '../loose-json.ts';
import type { Tensors } from './lazy-tensor.ts';

const sideOf = (tensors: Tensors, name: string, axis: number) => tensors.get(name)?.shape[axis];

/** How many things of one kind there are: `count(tensors, 'down_blocks.')` for `down_blocks.0.…`, `down_blocks.1.…`. */
function countOf(tensors: Tensors, prefix: string): number {
  let most = -1;
  for (const name of tensors.keys()) {
    if (!name.startsWith(prefix)) continue;
    const index = Number.parseInt(name.slice(prefix.length, name.indexOf('.', prefix.length)), 10);
    if (index > most) most = index;
  }
  return most + 1;
}

const indices = (count: number) => Array.from({ length: count }, (_, index) => index);

/**
 * A UNet2DConditionModel. Heads are in no shape: Stable Diffusion 1 has eight at every level, 2 (known by its linear projections) as many as
 * make them 64 wide.
 */
export function inferUnetConfig(tensors: Tensors): Json {
  const downCount = countOf(tensors, 'down_blocks.');
  const upCount = countOf(tensors, 'up_blocks.');
  const channels = indices(downCount).map(
    (level) => sideOf(tensors, `down_blocks.${level}.resnets.0.conv1.weight`, 0) ?? 0,
  );
  const attends = (block: string) => countOf(tensors, `${block}.attentions.`) > 0;
  const linear = [...tensors].some(
    ([name, { shape }]) => name.endsWith('.proj_in.weight') && shape.length === 2,
  );
  return {
    _class_name: 'UNet2DConditionModel',
    in_channels: sideOf(tensors, 'conv_in.weight', 1) ?? 4,
    out_channels: sideOf(tensors, 'conv_out.weight', 0) ?? 4,
    block_out_channels: channels,
    layers_per_block: countOf(tensors, 'down_blocks.0.resnets.'),
    down_block_types: indices(downCount).map((level) =>
      attends(`down_blocks.${level}`) ? 'CrossAttnDownBlock2D' : 'DownBlock2D',
    ),
    mid_block_type: countOf(tensors, 'mid_block.resnets.') > 0 ? 'UNetMidBlock2DCrossAttn' : null,
    up_block_types: indices(upCount).map((level) =>
      attends(`up_blocks.${level}`) ? 'CrossAttnUpBlock2D' : 'UpBlock2D',
    ),
    cross_attention_dim: crossAttentionWidth(tensors) ?? 768,
    attention_head_dim: linear ? channels.map((width) => Math.max(1, Math.round(width / 64))) : 8,
    norm_num_groups: 32,
    use_linear_projection: linear,
    time_cond_proj_dim: sideOf(tensors, 'time_embedding.cond_proj.weight', 1) ?? null,
    act_fn: 'silu',
    norm_eps: 1e-5,
    flip_sin_to_cos: true,
    freq_shift: 0,
    center_input_sample: false,
    downsample_padding: 1,
    mid_block_scale_factor: 1,
    sample_size: 64,
  };
}

function crossAttentionWidth(tensors: Tensors): number | undefined {
  for (const [name, { shape }] of tensors) if (name.endsWith('.attn2.to_k.weight')) return shape[1];
  return undefined;
}

/** An AutoencoderKL, or an AutoencoderTiny. */
export function inferVaeConfig(tensors: Tensors): Json {
  if (tensors.has('decoder.layers.0.weight')) return inferTinyVaeConfig(tensors);
  const levels = countOf(tensors, 'decoder.up_blocks.');
  return {
    _class_name: 'AutoencoderKL',
    in_channels: 3,
    out_channels: 3,
    // The decoder's levels run from the deepest to the picture.
    block_out_channels: indices(levels).map(
      (level) => sideOf(tensors, `decoder.up_blocks.${levels - 1 - level}.resnets.0.conv1.weight`, 0) ?? 0,
    ),
    layers_per_block: countOf(tensors, 'decoder.up_blocks.0.resnets.') - 1,
    latent_channels: sideOf(tensors, 'decoder.conv_in.weight', 1) ?? 4,
    norm_num_groups: 32,
    scaling_factor: 0.18215,
    act_fn: 'silu',
    sample_size: 512,
  };
}

/** TAESD: https://huggingface.co/madebyollin/taesd */
function inferTinyVaeConfig(tensors: Tensors): Json {
  return {
    _class_name: 'AutoencoderTiny',
    in_channels: 3,
    out_channels: 3,
    latent_channels: sideOf(tensors, 'decoder.layers.0.weight', 1) ?? 4,
    encoder_block_out_channels: tinyLevels(tensors, 'encoder').map(({ channels }) => channels),
    decoder_block_out_channels: tinyLevels(tensors, 'decoder').map(({ channels }) => channels),
    num_encoder_blocks: tinyLevels(tensors, 'encoder').map(({ blocks }) => blocks),
    num_decoder_blocks: tinyLevels(tensors, 'decoder').map(({ blocks }) => blocks),
    act_fn: 'relu',
    latent_magnitude: 3,
    latent_shift: 0.5,
    upsampling_scaling_factor: 2,
    scaling_factor: 1,
  };
}

/** Blocks between two convolutions are a level; those without weights only count. */
function tinyLevels(tensors: Tensors, half: 'encoder' | 'decoder') {
  const levels: { channels: number; blocks: number }[] = [];
  for (let index = 1; index < countOf(tensors, `${half}.layers.`); index++) {
    const layer = `${half}.layers.${index}`;
    const channels = sideOf(tensors, `${layer}.conv.0.weight`, 0);
    const last = levels.at(-1);
    if (channels !== undefined && last?.blocks === 0) Object.assign(last, { channels });
    if (channels !== undefined && last) last.blocks += 1;
    else if (channels !== undefined) levels.push({ channels, blocks: 1 });
    else if (tensors.has(`${layer}.weight`)) levels.push({ channels: 0, blocks: 0 });
  }
  return levels.filter(({ blocks }) => blocks > 0);
}

/** A CLIPTextModel. Heads are 64 wide in every published one. */
export function inferTextConfig(tensors: Tensors, kind: 'clip' | 'open-clip'): Json {
  const width = sideOf(tensors, 'text_model.embeddings.token_embedding.weight', 1) ?? 768;
  return {
    _class_name: 'CLIPTextModel',
    hidden_size: width,
    intermediate_size: sideOf(tensors, 'text_model.encoder.layers.0.mlp.fc1.weight', 0) ?? 4 * width,
    num_hidden_layers: countOf(tensors, 'text_model.encoder.layers.'),
    num_attention_heads: Math.max(1, Math.round(width / 64)),
    hidden_act: kind === 'clip' ? 'quick_gelu' : 'gelu',
    max_position_embeddings: sideOf(tensors, 'text_model.embeddings.position_embedding.weight', 0) ?? 77,
    vocab_size: sideOf(tensors, 'text_model.embeddings.token_embedding.weight', 0) ?? 49408,
    layer_norm_eps: 1e-5,
    bos_token_id: 49406,
    eos_token_id: 49407,
    pad_token_id: kind === 'clip' ? 49407 : 0,
  };
}
