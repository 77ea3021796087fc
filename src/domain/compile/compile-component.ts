import type { Json } from '../loose-json.ts';
import type { ModelComponent } from '../model/model-file.ts';
import { compileDecoder, compileEncoder } from './autoencoder-kl.ts';
import { compileTinyDecoder, compileTinyEncoder } from './autoencoder-tiny.ts';
import { compileClipText } from './clip-text.ts';
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

/**
 * The graph of one component. `config`: its config.json, as diffusers and transformers write them; `tensors`: its own, in their names.
 * Throws `model-unsupported`, `model-incomplete`.
 */
export function compileComponent(
  component: ModelComponent,
  config: Json,
  tensors: TensorShapes,
  shape: GraphShape,
  floatType: FloatType,
): CompiledGraph {
  const isTiny = config['_class_name'] === 'AutoencoderTiny';
  switch (component) {
    case 'unet':
      return compileUnet(config, tensors, shape, floatType);
    case 'text_encoder':
      return compileClipText(config, tensors, floatType);
    case 'vae_decoder':
      return (isTiny ? compileTinyDecoder : compileDecoder)(config, tensors, shape, floatType);
    case 'vae_encoder':
      return (isTiny ? compileTinyEncoder : compileEncoder)(config, tensors, shape, floatType);
  }
}
