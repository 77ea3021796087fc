import { settingsOf } from '../../domain/diffusion/samplers/scheduler-config.ts';
import { readPromptLoras } from '../../domain/diffusion/prompt/prompt-loras.ts';
import { AppError } from '../../domain/errors.ts';
import type { ImageSettings } from '../../domain/diffusion/image-settings.ts';
import type { UsedExtra } from '../../domain/model/extra.ts';
import type { ModelRef } from '../../domain/model/model.ts';
import type { LoadedModel } from '../../engine/protocol.ts';
import { findComponents } from '../graphs/components.ts';
import { createFallbackSessions, type FallbackSessions, type Mode } from '../graphs/fallback-sessions.ts';
import type { Parts } from './model-parts.ts';
import { readModelConfig, type ModelConfig } from './model-config.ts';
import {
  createPromptEncoder,
  promptLength,
  type EncodePrompts,
  type PromptLength,
} from './prompt-encoder.ts';
import { createPreviewer, type Previewer } from './previewer.ts';
import type { Runtime } from '../runtime/runtime.ts';
import { fileGraphs } from '../graphs/graph-source.ts';
import { weightFilesOf } from '../graphs/weight-files.ts';
import type { Extras } from '../weights/no-extras.ts';
import { createSessions } from '../graphs/sessions.ts';
import type { Tokenizer } from './tokenizer.ts';
import type { ModelFiles } from '../weights/model-files.ts';

/** A model that can draw. */
export interface Model extends Pick<
  Parts,
  'canEncode' | 'canSkipLayers' | 'tokenizer' | 'useExtras' | 'takeLoraCounts'
> {
  readonly config: ModelConfig;
  /** Latents are divided by it before they are decoded. */
  readonly vaeScalingFactor: number;
  readonly sessions: FallbackSessions;
  readonly encodePrompts: EncodePrompts;
  /** Tokens of what `encodePrompts` makes of them, and those of one chunk. */
  readonly promptLength: (prompts: readonly string[]) => PromptLength;
  readonly previewer: Previewer;
}

export interface ModelParts {
  readonly files: ModelFiles;
  readonly tokenizer: Tokenizer;
  /** LoRAs and embeddings that a person added. */
  readonly extras: Extras;
  readonly mode: Mode;
  /** Asked again when the backend has to change. */
  readonly openRuntime: (mode: Mode) => Promise<Runtime>;
  /** Told when the runtime of a mode failed. */
  readonly onFailure: (mode: Mode) => void;
}

/**
 * Reads the small files of a model; its graphs come when they are used, or with `model.sessions.warmUp`. Throws `model-incomplete`, `model-unsupported`, and as `ModelFiles`.
 */
export async function openModel({
  files,
  tokenizer: plainTokenizer,
  extras,
  mode,
  openRuntime,
  onFailure,
}: ModelParts): Promise<Model> {
  const parts = await partsOf(files, plainTokenizer, extras);
  const { source, textState, canEncode, canSkipLayers, tokenizer, chosenVaeScaling } = parts;
  const { useExtras, takeLoraCounts } = parts;
  const config = await readModelConfig(files);
  const sessions = createFallbackSessions({
    first: mode,
    open: async (wanted) => {
      const runtime = await openRuntime(wanted);
      return createSessions({
        runtime,
        source,
        careful: wanted === 'wasm-careful',
        float32: wanted === 'webgpu-float32',
      });
    },
    onFailure,
  });
  return {
    config,
    canEncode,
    canSkipLayers,
    tokenizer,
    useExtras,
    takeLoraCounts,
    get vaeScalingFactor() {
      return chosenVaeScaling() ?? config.vaeScalingFactor;
    },
    sessions,
    encodePrompts: createPromptEncoder(tokenizer, sessions, textState),
    promptLength: (prompts) => promptLength(tokenizer, prompts),
    previewer: createPreviewer(config),
  };
}

/** Graphs as they lie there, or compiled from weights; then the VAE's file holds both of its halves. */
function partsOf(files: ModelFiles, tokenizer: Tokenizer, extras: Extras): Promise<Parts> | Parts {
  const list = files.list();
  if (!list.some(({ path }) => path.endsWith('.onnx')) && weightFilesOf(list, 'unet').length > 0)
    return import('./compiled-parts.ts').then(({ compiledParts }) => compiledParts(files, tokenizer, extras));
  const components = findComponents(list);
  return {
    source: fileGraphs(files, components),
    canEncode: components.vae_encoder !== undefined,
    canSkipLayers: false,
    tokenizer,
    useExtras: refuseExtras,
    chosenVaeScaling: () => null,
    takeLoraCounts: () => [],
    textState: () => '',
  };
}

/** Async, so that what is wrong is a rejection. */
// eslint-disable-next-line @typescript-eslint/require-await -- see above
async function refuseExtras({
  prompt,
  vae,
}: Pick<ImageSettings, 'prompt' | 'vae'>): Promise<readonly UsedExtra[]> {
  const [first] = readPromptLoras(prompt).loras;
  const called = first?.name ?? vae;
  if (called === undefined) return [];
  const message = `LoRAs and other VAEs need a model of weights; this one is of ONNX graphs, so that “${called}” cannot be used.`;
  throw new AppError('bad-input', message, { field: first ? 'prompt' : 'vae' });
}

export function describeModel({ id, revision }: ModelRef, model: Model): LoadedModel {
  const { config, sessions, canEncode } = model;
  return {
    id,
    revision,
    backend: sessions.backend,
    nativeWidth: config.sampleWidth * config.vaeScaleFactor,
    nativeHeight: config.sampleHeight * config.vaeScaleFactor,
    sizeMultiple: config.sizeMultiple,
    latentChannels: config.latentChannels,
    predictionType: settingsOf(config.scheduler).predictionType,
    schedulerClass: config.scheduler.className,
    canEncode,
  };
}
