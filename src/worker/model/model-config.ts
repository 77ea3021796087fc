/** What a model's own JSON files tell, with the family's known values where they are silent. */
import {
  parseSchedulerConfig,
  type SchedulerConfig,
} from '../../domain/diffusion/samplers/scheduler-config.ts';
import { AppError } from '../../domain/errors.ts';
import { otherFamilyOfClass } from '../../domain/model/other-family.ts';
import { otherFamilies } from '../../domain/weights/other-families.ts';
import { vaeFactorOf } from '../../domain/model/vae-factor.ts';
import type { ModelFiles } from '../weights/model-files.ts';

export interface ModelConfig {
  readonly scheduler: SchedulerConfig;
  /** Latent pixels that the UNet was trained at. */
  readonly sampleWidth: number;
  readonly sampleHeight: number;
  readonly latentChannels: number;
  /** An inpainting model: its UNet also sees the mask and what is left of the picture. */
  readonly inpaints: boolean;
  /** Picture pixels for one latent pixel, along a side. */
  readonly vaeScaleFactor: number;
  /** Latents are stored multiplied by this. */
  readonly vaeScalingFactor: number;
  /** Picture sides must be multiples of this. */
  readonly sizeMultiple: number;
  /** Length of the guidance embedding that an LCM's UNet wants as `timestep_cond`; null for all others. */
  readonly timeCondDim: number | null;
}

/** Stable Diffusion 1.x, for what the files do not say. Four UNet levels are the safe guess: a multiple of 64 fits three as well. */
const family = {
  sampleSize: 64,
  latentChannels: 4,
  unetLevels: 4,
  vaeScalingFactor: 0.18215,
} as const;

/** Throws `model-unsupported` for pipelines of another family, `model-incomplete` without a scheduler, `file-corrupt` for bad JSON. */
export async function readModelConfig(files: ModelFiles): Promise<ModelConfig> {
  const read = (path: string) => readConfig(files, path);
  const scheduler = readScheduler(files);
  // What is wrong with the others is told first.
  scheduler.catch(() => undefined);
  const [index, unet, vae] = await Promise.all([
    read('model_index.json'),
    read('unet/config.json'),
    read('vae_decoder/config.json'),
  ]);
  refuseOtherFamilies(index, unet);
  const latentChannels = numberOf(vae['latent_channels']) ?? family.latentChannels;
  const vaeScaleFactor = vaeFactorOf(vae);
  const [sampleHeight, sampleWidth] = sidesOf(unet['sample_size']);
  return {
    scheduler: parseSchedulerConfig(await scheduler),
    sampleWidth,
    sampleHeight,
    latentChannels,
    inpaints: inpaintsWith(unet, latentChannels),
    vaeScaleFactor,
    vaeScalingFactor: numberOf(vae['scaling_factor']) ?? family.vaeScalingFactor,
    sizeMultiple: vaeScaleFactor * 2 ** (levels(unet) - 1),
    timeCondDim: numberOf(unet['time_cond_proj_dim']),
  };
}

type Json = Readonly<Record<string, unknown>>;

async function readConfig(files: ModelFiles, path: string): Promise<Json> {
  if (!files.list().some((file) => file.path === path)) return {};
  const text = await files.readText(path);
  try {
    return JSON.parse(text) as Json;
  } catch (cause) {
    throw new AppError('file-corrupt', `${path} is not JSON.`, { cause });
  }
}

async function readScheduler(files: ModelFiles): Promise<string> {
  const path = files.list().find((file) => /^scheduler\/(scheduler_)?config\.json$/.test(file.path))?.path;
  if (path === undefined) throw new AppError('model-incomplete', 'The model has no scheduler_config.json.');
  return files.readText(path);
}

const numberOf = (value: unknown): number | null => (typeof value === 'number' ? value : null);

/** `sample_size` is a number or [height, width]. */
function sidesOf(value: unknown): readonly [height: number, width: number] {
  const [height, width] = Array.isArray(value) ? (value as unknown[]) : [value, value];
  return [numberOf(height) ?? family.sampleSize, numberOf(width) ?? family.sampleSize];
}

/** Each level but the last halves the sides. */
const levels = ({ block_out_channels: channels }: Json & { block_out_channels?: unknown }) =>
  Array.isArray(channels) ? channels.length : family.unetLevels;

function refuseOtherFamilies(index: Json, unet: Json): void {
  const name = typeof index['_class_name'] === 'string' ? index['_class_name'] : '';
  const isXl = 'text_encoder_2' in index || unet['addition_embed_type'] === 'text_time';
  const family = otherFamilyOfClass(name) ?? (isXl ? 'sdxl' : null);
  if (family)
    throw new AppError(
      'model-unsupported',
      `This is ${otherFamilies[family]}, not a model of the Stable Diffusion 1 and 2 family.`,
    );
}

/** Beside the latents: one channel for the mask, and the latents of what it leaves. */
function inpaintsWith(unet: Json, latentChannels: number): boolean {
  const channels = numberOf(unet['in_channels']) ?? latentChannels;
  if (channels === latentChannels) return false;
  if (channels === 2 * latentChannels + 1) return true;
  throw new AppError(
    'model-unsupported',
    `The UNet takes ${channels} channels and the VAE has ${latentChannels}: a model for editing pictures.`,
  );
}
