/** The text encoder in all its spellings → transformers' `text_model.…`. */
import type { LazyTensor, Tensors } from './lazy-tensor.ts';
import { renamed, rowsOf } from './lazy-views.ts';

/** CLIPTextModel's own tensors; newer versions of transformers leave `text_model.` out. Position ids are counted, not read. */
export function textFromClip(tensors: Tensors): Tensors {
  return renamed(tensors, (name) => {
    const bare = name.startsWith('text_model.') ? name.slice('text_model.'.length) : name;
    if (!/^(?:embeddings|encoder|final_layer_norm)\./.test(bare) || bare.endsWith('.position_ids'))
      return null;
    return `text_model.${bare}`;
  });
}

/** Stable Diffusion 2 uses all layers of OpenCLIP's ViT-H but the last. https://github.com/Stability-AI/stablediffusion/blob/main/configs/stable-diffusion/v2-inference.yaml says “penultimate”. */
const openClipLayers = 23;

const openClipParts: readonly (readonly [openClip: RegExp, clip: string])[] = [
  [/^token_embedding\./, 'embeddings.token_embedding.'],
  [/^positional_embedding$/, 'embeddings.position_embedding.weight'],
  [/^ln_final\./, 'final_layer_norm.'],
  [/^transformer\.resblocks\.(\d+)\./, 'encoder.layers.$1.'],
  [/\.ln_([12])\./, '.layer_norm$1.'],
  [/\.mlp\.c_fc\./, '.mlp.fc1.'],
  [/\.mlp\.c_proj\./, '.mlp.fc2.'],
  [/\.attn\./, '.self_attn.'],
];

/** `tensors` without `cond_stage_model.model.` in front. */
export function textFromOpenClip(tensors: Tensors): Tensors {
  const names = renamed(tensors, (name) => {
    if (!/^(?:token_embedding|positional_embedding|ln_final|transformer)(?:\.|$)/.test(name)) return null;
    const clip = openClipParts.reduce((text, [pattern, next]) => text.replace(pattern, next), name);
    const layer = /^encoder\.layers\.(\d+)\./.exec(clip)?.[1];
    return Number(layer ?? 0) < openClipLayers ? `text_model.${clip}` : null;
  });
  return new Map([...names].flatMap(([name, tensor]) => unpacked(name, tensor)));
}

/** Query, key and value lie on top of one another. */
function unpacked(name: string, tensor: LazyTensor): readonly (readonly [string, LazyTensor])[] {
  const packed = /^(.*\.)in_proj_(weight|bias)$/.exec(name);
  if (!packed) return [[name, tensor]];
  const rows = Math.floor((tensor.shape[0] ?? 0) / 3);
  return ['q', 'k', 'v'].map((part, index) => [
    `${packed[1]}${part}_proj.${packed[2]}`,
    rowsOf(tensor, index * rows, rows),
  ]);
}
