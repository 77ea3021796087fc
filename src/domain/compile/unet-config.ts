import { AppError } from '../errors.ts';
import type { Json } from '../loose-json.ts';
import { listIn, mustBe, numberIn, numbersIn, textsIn } from './read-config.ts';

export interface UnetLevel {
  readonly channels: number;
  readonly resnets: number;
  /** Transformers behind the ResNets. */
  readonly attends: boolean;
  readonly heads: number;
  /** Blocks of each transformer. */
  readonly depth: number;
}

export interface UnetConfig {
  readonly inChannels: number;
  readonly outChannels: number;
  /** Of the prompt's embedding. */
  readonly contextWidth: number;
  readonly groups: number;
  readonly epsilon: number;
  readonly down: readonly UnetLevel[];
  /** Null: the levels meet without one. */
  readonly middle: UnetLevel | null;
  readonly up: readonly UnetLevel[];
  readonly timeChannels: number;
  readonly sineFirst: boolean;
  readonly frequencyShift: number;
  /** Length of an LCM's `timestep_cond`. */
  readonly guidanceWidth: number | null;
  readonly downsamplePadding: number;
}

/**
 * UNet2DConditionModel's config.json. Its `attention_head_dim` is, in spite of its name, the number of heads. Throws `model-unsupported`
 * for what Stable Diffusion 1 and 2 do not have. Source: diffusers' `UNet2DConditionModel`.
 */
export function readUnetConfig(config: Json): UnetConfig {
  refuseUnknown(config);
  const channels = listIn(config, 'block_out_channels', [320, 640, 1280, 1280]);
  const count = channels.length;
  const resnets = numbersIn(config, 'layers_per_block', count, 2);
  const headsField =
    (config['num_attention_heads'] ?? null) === null ? 'attention_head_dim' : 'num_attention_heads';
  const heads = numbersIn(config, headsField, count, 8);
  const depths = numbersIn(config, 'transformer_layers_per_block', count, 1);
  const downTypes = textsIn(config, 'down_block_types', defaultDown);
  const upTypes = textsIn(config, 'up_block_types', defaultUp);
  if (downTypes.length !== count || upTypes.length !== count) throw otherBlocks([...downTypes, ...upTypes]);
  const level = (i: number, attends: boolean, more: number): UnetLevel => ({
    channels: channels[i]!,
    resnets: resnets[i]! + more,
    attends,
    heads: heads[i]!,
    depth: depths[i]!,
  });
  return {
    inChannels: numberIn(config, 'in_channels', 4),
    outChannels: numberIn(config, 'out_channels', 4),
    contextWidth: numberIn(config, 'cross_attention_dim', 1280),
    groups: numberIn(config, 'norm_num_groups', 32),
    epsilon: numberIn(config, 'norm_eps', 1e-5),
    down: downTypes.map((type, i) => level(i, attendsIn(type, 'Down'), 0)),
    middle: middleAttends(config) === null ? null : level(count - 1, middleAttends(config)!, 0),
    up: upTypes.map((type, i) => level(count - 1 - i, attendsIn(type, 'Up'), 1)),
    timeChannels: channels[0]!,
    sineFirst: config['flip_sin_to_cos'] === false,
    frequencyShift: numberIn(config, 'freq_shift', 0),
    guidanceWidth:
      (config['time_cond_proj_dim'] ?? null) === null ? null : numberIn(config, 'time_cond_proj_dim', 0),
    downsamplePadding: numberIn(config, 'downsample_padding', 1),
  };
}

const defaultDown = ['CrossAttnDownBlock2D', 'CrossAttnDownBlock2D', 'CrossAttnDownBlock2D', 'DownBlock2D'];
const defaultUp = ['UpBlock2D', 'CrossAttnUpBlock2D', 'CrossAttnUpBlock2D', 'CrossAttnUpBlock2D'];

function attendsIn(type: string, way: 'Down' | 'Up'): boolean {
  if (type === `CrossAttn${way}Block2D`) return true;
  if (type === `${way}Block2D`) return false;
  throw otherBlocks([type]);
}

/** Null where there is no middle; absent from old configurations, which all have one. */
function middleAttends({ mid_block_type: type = 'UNetMidBlock2DCrossAttn' }: Json): boolean | null {
  if (type === null) return null;
  if (type === 'UNetMidBlock2DCrossAttn') return true;
  if (type === 'UNetMidBlock2D') return false;
  throw otherBlocks([JSON.stringify(type)]);
}

const otherBlocks = (types: readonly string[]) =>
  new AppError('model-unsupported', `The UNet is built of ${types.join(', ')}.`);

function refuseUnknown(config: Json): void {
  mustBe(config, '_class_name', 'UNet2DConditionModel');
  mustBe(config, 'act_fn', 'silu', 'swish');
  for (const field of [
    'addition_embed_type',
    'class_embed_type',
    'encoder_hid_dim_type',
    'time_embedding_act_fn',
  ]) {
    mustBe(config, field);
  }
  for (const field of [
    'dual_cross_attention',
    'center_input_sample',
    'only_cross_attention',
    'resnet_skip_time_act',
  ]) {
    mustBe(config, field, false);
  }
  mustBe(config, 'resnet_time_scale_shift', 'default');
  mustBe(config, 'time_embedding_type', 'positional');
  mustBe(config, 'conv_in_kernel', 3);
  mustBe(config, 'conv_out_kernel', 3);
  mustBe(config, 'resnet_out_scale_factor', 1);
  mustBe(config, 'mid_block_scale_factor', 1);
}
