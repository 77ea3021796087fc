import type { Json } from '../loose-json.ts';
import type { ModelComponent } from '../model/model-file.ts';
import { compileDecoder, compileEncoder } from './autoencoder-kl.ts';
import { compileTinyDecoder, compileTinyEncoder } from './autoencoder-tiny.ts';
import { compileClipText, skippedLayers } from './clip-text.ts';
import type { LowRanks } from '../weights/low-rank.ts';
import type { CompiledGraph, FloatType } from './compiled-graph.ts';
import type { TensorShapes } from './graph-builder.ts';
import { compileUnet } from './unet.ts';

/** What the graph is for: shapes are fixed, so that another size is another graph. */
export interface GraphShape {
  /** Of the UNet. */
  readonly batch: number;
  /** In latent pixels; for the VAE's encoder in picture pixels. */
  readonly height: number;
  readonly width: number;
  /** Of the prompt: 77 for each chunk. */
  readonly tokens: number;
}

export interface CompileOptions {
  /** As `ImageSettings`. */
  readonly clipSkip?: number;
  /** LoRAs beside the weights; how much each counts is then an input, `lora_weights`. */
  readonly lowRanks?: LowRanks | undefined;
}

/**
 * The graph of one component. `config`: its config.json, as diffusers and transformers write them; `tensors`: its own, in their names.
 * Throws `model-unsupported`, `model-incomplete`, `bad-input` where more layers are left out than there are.
 */
export function compileComponent(
  component: ModelComponent,
  config: Json,
  tensors: TensorShapes,
  shape: GraphShape,
  floatType: FloatType,
  { clipSkip = 1, lowRanks }: CompileOptions = {},
): CompiledGraph {
  const isTiny = config['_class_name'] === 'AutoencoderTiny';
  switch (component) {
    case 'unet':
      return compileUnet(config, tensors, shape, floatType, lowRanks);
    case 'text_encoder':
      return compileClipText(config, tensors, floatType, {
        skippedLayers: skippedLayers(config, clipSkip),
        lowRanks,
      });
    case 'vae_decoder':
      return (isTiny ? compileTinyDecoder : compileDecoder)(config, tensors, shape, floatType);
    case 'vae_encoder':
      return (isTiny ? compileTinyEncoder : compileEncoder)(config, tensors, shape, floatType);
  }
}
