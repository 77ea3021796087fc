/** A file of weights → networks: their tensors in diffusers' names, and the configuration that its shapes tell. */
import { AppError } from '../errors.ts';
import type { Json } from '../loose-json.ts';
import { otherFamilies } from './other-families.ts';
import { inferTextConfig, inferUnetConfig, inferVaeConfig } from './infer-config.ts';
import type { Tensors, WeightFile } from './lazy-tensor.ts';
import { under } from './lazy-views.ts';
import { withAverage } from './ldm-ema.ts';
import { unetFromLdm } from './ldm-unet.ts';
import { vaeFromDiffusers, vaeFromLdm } from './ldm-vae.ts';
import { predictionOf, type Prediction } from './prediction.ts';
import { recognise } from './recognise.ts';
import { textFromClip, textFromOpenClip } from './text-names.ts';

export interface Network {
  /** As diffusers' config.json: UNet2DConditionModel, AutoencoderKL or AutoencoderTiny, CLIPTextModel. */
  readonly config: Json;
  /** In diffusers' and transformers' names, `text_model.` in front of the text encoder's. */
  readonly tensors: Tensors;
}

export interface Checkpoint {
  readonly unet: Network | null;
  readonly vae: Network | null;
  readonly text_encoder: Network | null;
  /** Null without a UNet. */
  readonly prediction: Prediction | null;
}

/**
 * A single file, or one component's. A part that the file does not have is null. Throws `model-unsupported`, saying what the file is, when it
 * is no Stable Diffusion 1.x or 2.x.
 */
export async function readCheckpoint(file: WeightFile, fileName: string): Promise<Checkpoint> {
  const found = recognise(file.tensors);
  if (found.kind !== 'checkpoint') throw refusal(fileName, found);
  const { unet, vae, text } =
    found.naming === 'ldm' ? ldmParts(withAverage(file.tensors)) : diffusersParts(file.tensors);
  const unetConfig = unet.size > 0 ? inferUnetConfig(unet) : null;
  return {
    unet: unetConfig && { config: unetConfig, tensors: unet },
    vae: vae.size > 0 ? { config: inferVaeConfig(vae), tensors: vae } : null,
    text_encoder:
      text.tensors.size > 0
        ? { config: inferTextConfig(text.tensors, text.kind), tensors: text.tensors }
        : null,
    prediction:
      unetConfig && (await predictionOf(unet, file.metadata, unetConfig['use_linear_projection'] === true)),
  };
}

function refusal(
  fileName: string,
  found: Exclude<ReturnType<typeof recognise>, { kind: 'checkpoint' }>,
): AppError {
  const what = {
    lora: 'a LoRA: add it beside a model, not as one',
    embedding: 'an embedding (textual inversion): add it beside a model, not as one',
    'other-family': found.kind === 'other-family' ? otherFamilies[found.family] : '',
    unknown:
      'no Stable Diffusion model that this app knows: none of the names of its tensors tells what it is',
  }[found.kind];
  return new AppError('model-unsupported', `${fileName} is ${what}.`);
}

interface Parts {
  readonly unet: Tensors;
  readonly vae: Tensors;
  readonly text: { readonly kind: 'clip' | 'open-clip'; readonly tensors: Tensors };
}

/** With CompVis' prefixes, or a bare UNet or autoencoder in its names. */
function ldmParts(tensors: Tensors): Parts {
  const bare = ![...tensors.keys()].some((name) =>
    /^(?:model\.diffusion_model|first_stage_model)\./.test(name),
  );
  const unet = unetFromLdm(bare ? tensors : under(tensors, 'model.diffusion_model.'));
  const vae = vaeFromLdm(bare ? tensors : under(tensors, 'first_stage_model.'));
  const openClip = textFromOpenClip(under(tensors, 'cond_stage_model.model.'));
  if (openClip.size > 0) return { unet, vae, text: { kind: 'open-clip', tensors: openClip } };
  return {
    unet,
    vae,
    text: { kind: 'clip', tensors: textFromClip(under(tensors, 'cond_stage_model.transformer.')) },
  };
}

/** One component's own file. */
function diffusersParts(tensors: Tensors): Parts {
  const none: Tensors = new Map();
  const parts: Parts = { unet: none, vae: none, text: { kind: 'clip', tensors: none } };
  if (tensors.has('conv_in.weight')) return { ...parts, unet: tensors };
  const text = textFromClip(tensors);
  if (text.has('text_model.embeddings.token_embedding.weight'))
    return { ...parts, text: { kind: 'clip', tensors: text } };
  return { ...parts, vae: vaeFromDiffusers(tensors) };
}
