/** A checkpoint of one file (or a few that belong together) → what is stored: the configurations that lie beside a pipeline's folders are written. */
import { AppError } from '../errors.ts';
import { elementBytes, elementCount, type Tensors } from '../weights/lazy-tensor.ts';
import type { Checkpoint, Network } from '../weights/checkpoint.ts';
import type { Prediction } from '../weights/prediction.ts';
import { describeModel } from './card.ts';
import { clipMerges } from './clip-merges.ts';
import { familyFiles, type Family, type FilledFile } from './family.ts';
import { parseLooseJson, type Json } from '../loose-json.ts';
import type { LayoutFile, SourceFile } from './model-file.ts';
import type { ModelOrigin, ModelPlan } from './plan.ts';
import { vaeFactorOf } from './vae-factor.ts';

export interface OpenedFile {
  readonly source: SourceFile;
  readonly checkpoint: Checkpoint;
}

export interface SingleFileName {
  /** For messages. */
  readonly name: string;
  /** Of the plan, without what it predicts. */
  readonly id: string;
  readonly revision: string;
  readonly licence: string | null;
}

const parts = ['unet', 'vae', 'text_encoder'] as const;
type Part = (typeof parts)[number];

/**
 * One plan; two where nothing tells whether the model predicts noise or velocity, the likelier one first. Throws `model-incomplete`, saying
 * what is missing, and `model-unsupported` for models that complete or edit pictures.
 */
export function planSingleFile(
  named: SingleFileName,
  opened: readonly OpenedFile[],
  origin: ModelOrigin,
): readonly ModelPlan[] {
  const { name } = named;
  const found = Object.fromEntries(parts.map((part) => [part, ownerOf(opened, part)]));
  const missing = parts.filter((part) => !found[part]);
  if (missing.length > 0) {
    const what = missing.map((part) => partNames[part]).join(' and no ');
    throw new AppError('model-incomplete', `${name} has no ${what}: choose the file that has it too.`);
  }
  const { unet, vae, text_encoder: text } = found as Record<Part, Found>;
  refuseInputs(name, unet.network.config);
  const { type, known } = unet.prediction!;
  const types: readonly Prediction['type'][] = known ? [type] : [type, otherOf(type)];
  return types.map((each) => planOf(named, { unet, vae, text }, origin, each, known));
}

const partNames = { unet: 'UNet', vae: 'VAE', text_encoder: 'text encoder' };
const otherOf = (type: Prediction['type']) => (type === 'epsilon' ? 'v_prediction' : 'epsilon');

interface Found {
  readonly source: SourceFile;
  readonly network: Network;
  readonly prediction: Prediction | null;
}

/** The file that has least beside: a VAE of its own goes before the one in the checkpoint. */
function ownerOf(opened: readonly OpenedFile[], part: Part): Found | null {
  const owners = opened
    .filter(({ checkpoint }) => checkpoint[part] !== null)
    .sort((a, b) => partCount(a) - partCount(b));
  const [owner] = owners;
  const network = owner?.checkpoint[part];
  return owner && network ? { source: owner.source, network, prediction: owner.checkpoint.prediction } : null;
}

const partCount = ({ checkpoint }: OpenedFile) => parts.filter((part) => checkpoint[part] !== null).length;

function refuseInputs(name: string, { in_channels: channels }: Json): void {
  if (channels === 4 || channels === 9) return;
  throw new AppError(
    'model-unsupported',
    `${name}’s UNet takes ${String(channels)} channels: this is a model for editing pictures.`,
  );
}

function planOf(
  named: SingleFileName,
  { unet, vae, text }: { readonly unet: Found; readonly vae: Found; readonly text: Found },
  origin: ModelOrigin,
  prediction: Prediction['type'],
  known: boolean,
): ModelPlan {
  const filled = configurations({ unet, vae, text }, prediction);
  const texts = new Map(filled.map((file) => [file.path, file.text]));
  const id = `${named.id}${known ? '' : ` (${predictionNames[prediction]})`}`;
  const files = [...placed({ unet, vae, text }), clipMerges];
  return {
    version: 1,
    id,
    revision: named.revision,
    origin,
    card: describeModel(id, named.licence, (path) => parseLooseJson(texts.get(path) ?? '') ?? {}),
    precision: null,
    form: 'weights',
    files,
    filled,
    totalBytes: files.reduce((sum, { source }) => sum + source.sizeBytes, 0),
    componentBytes: {
      unet: bytesOf(unet.network.tensors),
      text_encoder: bytesOf(text.network.tensors),
      vae_decoder: bytesOf(vae.network.tensors),
    },
    vaeFactor: vaeFactorOf(vae.network.config),
  };
}

const predictionNames = { epsilon: 'noise', v_prediction: 'velocity' };

/** The checkpoint at the top; parts with files of their own in their folders, where they go before it. */
function placed(found: {
  readonly unet: Found;
  readonly vae: Found;
  readonly text: Found;
}): readonly LayoutFile[] {
  const main = found.unet.source;
  const own = [['vae', found.vae.source] as const, ['text_encoder', found.text.source] as const].filter(
    ([, source]) => source !== main,
  );
  const baseName = ({ path }: SourceFile) => path.split('/').at(-1)!;
  return [
    { path: baseName(main), source: main },
    ...own.map(([folder, source]) => ({ path: `${folder}/${baseName(source)}`, source })),
  ];
}

const bytesOf = (tensors: Tensors) =>
  [...tensors.values()].reduce((sum, { shape, dtype }) => sum + elementCount(shape) * elementBytes(dtype), 0);

function configurations(
  { unet, vae, text }: { readonly unet: Found; readonly vae: Found; readonly text: Found },
  prediction: Prediction['type'],
): readonly FilledFile[] {
  const family = familyOf(unet.network.config);
  const config = (path: string) =>
    parseLooseJson(familyFiles(family).find((file) => file.path === path)?.text ?? '');
  // Velocity was trained at 768 pixels: https://huggingface.co/stabilityai/stable-diffusion-2-1
  const sampleSize = prediction === 'v_prediction' ? 96 : 64;
  const texts: Readonly<Record<string, object>> = {
    'unet/config.json': { ...unet.network.config, sample_size: sampleSize },
    'vae_decoder/config.json': vae.network.config,
    'text_encoder/config.json': text.network.config,
    'scheduler/scheduler_config.json': {
      ...config('scheduler/scheduler_config.json'),
      prediction_type: prediction,
    },
    'tokenizer/tokenizer_config.json': {
      ...config('tokenizer/tokenizer_config.json'),
      // OpenCLIP fills up with token 0, CLIP with its end.
      ...(text.network.config['pad_token_id'] === 0 && { pad_token: '!' }),
    },
  };
  return Object.entries(texts).map(([path, content]) => ({ path, text: JSON.stringify(content) }));
}

/** Which scheduler fits. */
function familyOf(unet: Json): Family {
  if (typeof unet['time_cond_proj_dim'] === 'number') return 'lcm-tiny-sd';
  const levels = unet['block_out_channels'];
  return Array.isArray(levels) && levels.length === 3 ? 'tiny-sd' : 'sd1';
}
