/** A LoRA's file → what it does to each layer. Nothing is read yet but names, shapes and the numbers beside them. */
import { AppError } from '../errors.ts';
import type { LazyTensor, Tensors, WeightFile } from './lazy-tensor.ts';
import { alphaSettings, type AlphaSettings } from './lora-alpha.ts';
import { layerKey, readLoraName, type LoraPart, type Network } from './lora-names.ts';

export interface LoraLayer {
  /** Null: whichever network has the layer. */
  readonly network: Network | null;
  /** See `layerKey`. */
  readonly key: string;
  /** As the file writes it. */
  readonly name: string;
  readonly parts: ReadonlyMap<LoraPart, LazyTensor>;
  /** Beside the file's tensors. */
  readonly settings: AlphaSettings;
}

export interface Lora {
  readonly name: string;
  readonly layers: readonly LoraLayer[];
}

/**
 * `adapterConfig` is the text of peft's adapter_config.json, where the file comes from a folder that has one. Throws `model-unsupported` for
 * adapters of a kind that is not known here (naming it) and for those of other models.
 */
export function readLora(name: string, { tensors, metadata }: WeightFile, adapterConfig?: string): Lora {
  refuseOthers(name, tensors);
  const layers = new Map<string, { layer: LoraLayer; parts: Map<LoraPart, LazyTensor> }>();
  const settings = alphaSettings(metadata, adapterConfig);
  for (const [tensorName, tensor] of tensors) {
    const found = readLoraName(tensorName);
    if (!found) throw unsupported(name, `holds ${tensorName}, an adapter of a kind that is not known here`);
    const key = layerKey(found.layer);
    const id = `${found.network ?? ''}:${key}`;
    const parts = layers.get(id)?.parts ?? new Map<LoraPart, LazyTensor>();
    parts.set(found.part, tensor);
    const { network, layer } = found;
    layers.set(id, {
      parts,
      layer: { network, key, name: layer, parts, settings: settings(network, layer) },
    });
  }
  if (layers.size === 0) throw unsupported(name, 'is no LoRA: it holds no tensors');
  return { name, layers: [...layers.values()].map(({ layer }) => layer) };
}

const kinds: readonly (readonly [pattern: RegExp, what: string])[] = [
  [/\.oft_(?:blocks|diag)|\.oft_R\b/, 'an OFT adapter'],
  [/\.on_input$/, 'an (IA)³ adapter'],
  [/\.(?:a1|a2|b1|b2)\.weight$/, 'a GLoRA adapter'],
  [/^lora_te[123]_|^text_encoder_2\.|^lora_unet_(?:input|output|middle)_block/, 'for Stable Diffusion XL'],
  [
    /^lora_unet_(?:double|single)_blocks|^(?:transformer|lora_transformer)[._]|^diffusion_model\.(?!(?:input_blocks|middle_block|output_blocks|time_embed|out)\.)/,
    'for another family of models',
  ],
];

function refuseOthers(name: string, tensors: Tensors): void {
  for (const [key, { shape }] of tensors)
    if (/attn2[._]to_[kv]\.lora_(?:down|A)\.weight$/.test(key) && shape[1] === 2048)
      throw unsupported(name, 'is for Stable Diffusion XL');
  for (const [pattern, what] of kinds) {
    if ([...tensors.keys()].some((key) => pattern.test(key))) throw unsupported(name, `is ${what}`);
  }
}

function unsupported(name: string, what: string): AppError {
  return new AppError('model-unsupported', `${name} ${what}.`);
}
