import { settingsOf } from '../../domain/diffusion/samplers/scheduler-config.ts';
import type { ModelRef } from '../../domain/model/model.ts';
import type { LoadedModel } from '../../engine/protocol.ts';
import { findComponents } from '../graphs/components.ts';
import { createFallbackSessions, type FallbackSessions, type Mode } from '../graphs/fallback-sessions.ts';
import { readModelConfig, type ModelConfig } from './model-config.ts';
import {
  createPromptEncoder,
  promptLength,
  type EncodePrompts,
  type PromptLength,
} from './prompt-encoder.ts';
import { createPreviewer, type Previewer } from './previewer.ts';
import type { Runtime } from '../runtime/runtime.ts';
import { compiledGraphs } from '../graphs/compiled-graphs.ts';
import { fileGraphs, type GraphSource } from '../graphs/graph-source.ts';
import { weightFilesOf } from '../graphs/open-network.ts';
import { createSessions } from '../graphs/sessions.ts';
import type { Tokenizer } from './tokenizer.ts';
import type { ModelFiles } from '../weights/model-files.ts';

/** A model that can draw. */
export interface Model {
  readonly config: ModelConfig;
  readonly canEncode: boolean;
  readonly sessions: FallbackSessions;
  readonly encodePrompts: EncodePrompts;
  /** Tokens of what `encodePrompts` makes of them, and those of one chunk. */
  readonly promptLength: (prompts: readonly string[]) => PromptLength;
  readonly previewer: Previewer;
}

export interface ModelParts {
  readonly files: ModelFiles;
  readonly tokenizer: Tokenizer;
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
  tokenizer,
  mode,
  openRuntime,
  onFailure,
}: ModelParts): Promise<Model> {
  const { source, canEncode } = graphsOf(files);
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
    sessions,
    encodePrompts: createPromptEncoder(tokenizer, sessions),
    promptLength: (prompts) => promptLength(tokenizer, prompts),
    previewer: createPreviewer(config),
  };
}

/** Graphs as they lie there, or compiled from weights; then the VAE's file holds both of its halves. */
function graphsOf(files: ModelFiles): { readonly source: GraphSource; readonly canEncode: boolean } {
  const list = files.list();
  if (!list.some(({ path }) => path.endsWith('.onnx')) && weightFilesOf(list, 'unet').length > 0)
    return { source: compiledGraphs(files), canEncode: true };
  const components = findComponents(list);
  return { source: fileGraphs(files, components), canEncode: components.vae_encoder !== undefined };
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
