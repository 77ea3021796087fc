/** What a file of weights is, told by names and shapes: the table at its head is enough, nothing large is read. */
import type { OtherFamily } from './other-families.ts';
import type { Tensors } from './lazy-tensor.ts';

export type Recognised =
  /** A whole model or a part of one. */
  | { readonly kind: 'checkpoint'; readonly naming: 'ldm' | 'diffusers' }
  | { readonly kind: 'lora' }
  | { readonly kind: 'embedding' }
  | { readonly kind: 'other-family'; readonly family: OtherFamily }
  | { readonly kind: 'unknown' };

/** The first that fits: from the most telling to what many have. */
export function recognise(tensors: Tensors): Recognised {
  const names = [...tensors.keys()];
  const any = (pattern: RegExp) => names.some((name) => pattern.test(name));
  if (any(loraPattern)) return { kind: 'lora' };
  const family = otherFamilyOf(tensors, any);
  if (family) return { kind: 'other-family', family };
  if (any(ldmPattern)) return { kind: 'checkpoint', naming: 'ldm' };
  if (any(diffusersPattern)) return { kind: 'checkpoint', naming: 'diffusers' };
  return { kind: isEmbedding(tensors) ? 'embedding' : 'unknown' };
}

const loraPattern =
  /(?:\.lora_(?:down|up|A|B|mid)\b|\.lora\.(?:down|up)\.|_lora\.(?:down|up)\.|\.lora_linear_layer\.|\.hada_w1_|\.lokr_w[12]|\.oft_|^lora_(?:unet|te)|\.(?:on_input|w_norm|b_norm)$|\.diff(?:_b)?$)/;

const ldmPattern =
  /^(?:model\.diffusion_model\.|model_ema\.diffusion_model|first_stage_model\.|cond_stage_model\.|input_blocks\.0\.0\.|decoder\.up\.0\.|encoder\.down\.0\.)/;

const diffusersPattern =
  /^(?:down_blocks\.0\.|encoder\.down_blocks\.0\.|decoder\.up_blocks\.0\.|(?:en|de)coder\.layers\.0\.|(?:text_model\.)?(?:embeddings\.token_embedding|encoder\.layers\.0\.self_attn)\.)/;

const byName: readonly (readonly [pattern: RegExp, family: OtherFamily])[] = [
  [/^(?:control_model|controlnet_)|\bcontrolnet_(?:down|mid)_block/, 'controlnet'],
  [/(?:motion_modules|temporal_transformer|time_stack|temporal_attentions)\./, 'video'],
  [/^conditioner\.embedders\.|\blabel_emb\.0\.0\.|^add_embedding\.linear_1\./, 'sdxl'],
  [/\bjoint_blocks\.0\./, 'sd3'],
  [/\bdouble_blocks\.0\.|\bsingle_transformer_blocks\.0\./, 'flux'],
  [/\b(?:effnet_mapper|clip_txt_mapper|clip_txt_pooled_mapper)\./, 'cascade'],
  [
    /^(?:transformer_blocks|blocks|layers|model\.diffusion_model\.(?:blocks|layers|transformer_blocks|joint_transformer_blocks))\.0\./,
    'transformer-image',
  ],
];

function otherFamilyOf(tensors: Tensors, any: (pattern: RegExp) => boolean): OtherFamily | null {
  const named = byName.find(([pattern]) => any(pattern));
  if (named) return named[1];
  const input = tensors.get('model.diffusion_model.input_blocks.0.0.weight') ?? tensors.get('conv_in.weight');
  if (input?.shape[1] === 8) return 'edit-image';
  const width = textWidth(tensors);
  return width === 2048 || width === 1280 ? 'sdxl' : null;
}

/** Width of what the UNet attends to: 768 in Stable Diffusion 1, 1024 in 2, 2048 (the refiner: 1280) in XL. */
function textWidth(tensors: Tensors): number | undefined {
  for (const [name, { shape }] of tensors) if (name.endsWith('.attn2.to_k.weight')) return shape[1];
  return undefined;
}

/** Textual inversion: a few tensors, each a vector or some. */
function isEmbedding(tensors: Tensors): boolean {
  const all = [...tensors.values()];
  return (
    all.length > 0 && all.length <= 64 && all.every(({ shape }) => shape.length === 1 || shape.length === 2)
  );
}
