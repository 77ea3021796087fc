/** Whose weight a tensor of a LoRA file changes, and how: kohya's, LyCORIS', diffusers' and peft's spellings of one thing. */

export type Network = 'unet' | 'text_encoder';

/** What a tensor is to its layer. */
export type LoraPart =
  | 'up'
  | 'down'
  | 'mid'
  | 'alpha'
  /** Lengths of rows or columns, as the shape tells (LyCORIS). */
  | 'dora'
  /** Lengths of rows, whatever the shape (peft). */
  | 'magnitude'
  | 'hada_w1_a'
  | 'hada_w1_b'
  | 'hada_w2_a'
  | 'hada_w2_b'
  | 'hada_t1'
  | 'hada_t2'
  | 'lokr_w1'
  | 'lokr_w1_a'
  | 'lokr_w1_b'
  | 'lokr_w2'
  | 'lokr_w2_a'
  | 'lokr_w2_b'
  | 'lokr_t2'
  | 'diff'
  | 'diff_b';

export interface LoraName {
  /** Null: the file does not say, as peft's; the layer tells. */
  readonly network: Network | null;
  /** As the file writes it, without the network: dots or underscores. */
  readonly layer: string;
  readonly part: LoraPart;
}

const endings: readonly (readonly [pattern: RegExp, part: LoraPart])[] = [
  // Between them may stand the name that somebody gave the adapter: `lora_A.default.weight`.
  [/\.lora_(?:up|B)(?:\.(?!weight$|bias$)[\w-]+)?(?:\.weight)?$/, 'up'],
  [/\.lora_(?:down|A)(?:\.(?!weight$|bias$)[\w-]+)?(?:\.weight)?$/, 'down'],
  [/\.lora\.up\.weight$/, 'up'],
  [/\.lora\.down\.weight$/, 'down'],
  [/\.lora_linear_layer\.up\.weight$/, 'up'],
  [/\.lora_linear_layer\.down\.weight$/, 'down'],
  [/_lora\.up\.weight$/, 'up'],
  [/_lora\.down\.weight$/, 'down'],
  [/\.lora_mid\.weight$/, 'mid'],
  [/(?:\.lora|_lora|\.lora_linear_layer)?\.alpha$/, 'alpha'],
  [/\.dora_scale$/, 'dora'],
  [/\.lora_magnitude_vector(?:\.(?!weight$)[\w-]+)?(?:\.weight)?$/, 'magnitude'],
  [/\.(?:diff|w_norm)$/, 'diff'],
  [/\.(?:diff_b|b_norm)$/, 'diff_b'],
];

const named = /\.(hada_w[12]_[ab]|hada_t[12]|lokr_w[12](?:_[ab])?|lokr_t2)$/;

/** Null for what is no part that is known here. */
export function readLoraName(name: string): LoraName | null {
  const lycoris = named.exec(name);
  if (lycoris) return placed(name.slice(0, lycoris.index), lycoris[1] as LoraPart);
  for (const [pattern, part] of endings) {
    const match = pattern.exec(name);
    if (match) return placed(name.slice(0, match.index), part);
  }
  return null;
}

const prefixes: readonly (readonly [prefix: string, network: Network | null])[] = [
  ['lora_unet_', 'unet'],
  ['lora_te_', 'text_encoder'],
  ['lycoris_unet_', 'unet'],
  ['lycoris_te_', 'text_encoder'],
  // As ComfyUI saves what it took from a model, in CompVis' names: see `ldm-layers.ts`.
  ['diffusion_model.', 'unet'],
  ['text_encoders.clip_l.transformer.', 'text_encoder'],
  ['text_encoders.clip_h.transformer.', 'text_encoder'],
  ['base_model.model.', null],
  ['unet.', 'unet'],
  ['text_encoder.', 'text_encoder'],
];

function placed(place: string, part: LoraPart): LoraName {
  const found = prefixes.find(([prefix]) => place.startsWith(prefix));
  const [prefix, network] = found ?? ['', null];
  const inner = place.slice(prefix.length);
  // peft's own folder inside of a pipeline's file.
  const bare = inner.startsWith('base_model.model.') ? inner.slice('base_model.model.'.length) : inner;
  return { network, layer: withoutProcessor(bare), part };
}

/** diffusers' first LoRAs hung on attention processors: `attn1.processor.to_out_lora` is `attn1.to_out.0`. */
function withoutProcessor(layer: string): string {
  const projection = /^(.*\.(?:attn[12]|self_attn))\.(?:processor\.)?to_(q|k|v|out)$/.exec(layer);
  if (!projection) return layer;
  const [, attention = '', which = ''] = projection;
  if (attention.endsWith('self_attn')) return `${attention}.${which}_proj`;
  return `${attention}.to_${which === 'out' ? 'out.0' : which}`;
}

/** A key that every spelling of a layer has: no dots, and no `text_model` in front. */
export const layerKey = (layer: string) => layer.replaceAll('.', '_').replace(/^text_model_/, '');
