/** The autoencoder of a single file: CompVis' names → diffusers', whose attention is linear and whose decoder counts from the other end. */
import type { LazyTensor, Tensors } from './lazy-tensor.ts';
import { renamed, reshaped } from './lazy-views.ts';

const parts: readonly (readonly [pattern: RegExp, diffusers: string])[] = [
  [/^encoder\.down\.(\d+)\.block\./, 'encoder.down_blocks.$1.resnets.'],
  [/^encoder\.down\.(\d+)\.downsample\./, 'encoder.down_blocks.$1.downsamplers.0.'],
  [/^((?:en|de)coder)\.mid\.block_1\./, '$1.mid_block.resnets.0.'],
  [/^((?:en|de)coder)\.mid\.block_2\./, '$1.mid_block.resnets.1.'],
  [/^((?:en|de)coder)\.mid\.attn_1\.norm\./, '$1.mid_block.attentions.0.group_norm.'],
  [/^((?:en|de)coder)\.mid\.attn_1\.([qkv])\./, '$1.mid_block.attentions.0.to_$2.'],
  [/^((?:en|de)coder)\.mid\.attn_1\.proj_out\./, '$1.mid_block.attentions.0.to_out.0.'],
  [/^((?:en|de)coder)\.norm_out\./, '$1.conv_norm_out.'],
];

/** As diffusers wrote them until 0.13. */
const oldParts: readonly (readonly [pattern: RegExp, diffusers: string])[] = [
  [/(\.attentions\.\d+)\.query\./, '$1.to_q.'],
  [/(\.attentions\.\d+)\.key\./, '$1.to_k.'],
  [/(\.attentions\.\d+)\.value\./, '$1.to_v.'],
  [/(\.attentions\.\d+)\.proj_attn\./, '$1.to_out.0.'],
];

const replaced = (name: string, list: typeof parts) =>
  list.reduce((text, [pattern, next]) => text.replace(pattern, next), name);

/** `tensors` without `first_stage_model.` in front. */
export function vaeFromLdm(tensors: Tensors): Tensors {
  const levels =
    1 +
    Math.max(
      -1,
      ...[...tensors.keys()].map((name) => Number(/^decoder\.up\.(\d{1,2})\./.exec(name)?.[1] ?? -1)),
    );
  const names = renamed(tensors, (name) => {
    if (!/^(?:encoder|decoder|quant_conv|post_quant_conv)\./.test(name)) return null;
    const up = name.replace(/^decoder\.up\.(\d+)\.(block|upsample)\./, (_, level: string, kind: string) => {
      const part = kind === 'block' ? 'resnets' : 'upsamplers.0';
      return `decoder.up_blocks.${levels - 1 - Number(level)}.${part}.`;
    });
    return replaced(up, parts).replace('.nin_shortcut.', '.conv_shortcut.');
  });
  return withLinearAttention(names);
}

/** A diffusers VAE of any age. */
export function vaeFromDiffusers(tensors: Tensors): Tensors {
  return withLinearAttention(renamed(tensors, (name) => replaced(name, oldParts)));
}

function withLinearAttention(tensors: Tensors): Tensors {
  return new Map([...tensors].map(([name, tensor]) => [name, isProjection(name) ? linear(tensor) : tensor]));
}

const isProjection = (name: string) => /\.attentions\.\d+\.to_(?:[qkv]|out\.0)\.weight$/.test(name);

/** [c, c, 1, 1] → [c, c] */
function linear(tensor: LazyTensor): LazyTensor {
  const { shape } = tensor;
  return shape.length === 4 ? reshaped(tensor, shape.slice(0, 2)) : tensor;
}
