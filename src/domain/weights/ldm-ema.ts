/**
 * Checkpoints that were left with nothing but the moving average of a training run: LitEma strikes the dots out of a buffer's name
 * (`model_ema.diffusion_modelinput_blocks10in_layers0weight`), so that they are found again by the parts that a UNet's names have.
 * https://github.com/CompVis/latent-diffusion/blob/main/ldm/modules/ema.py
 */
import type { Tensors } from './lazy-tensor.ts';
import { renamed } from './lazy-views.ts';

const prefix = 'model_ema.diffusion_model';

/** Where there is no `model.diffusion_model.`, what the average calls by it; otherwise the same tensors: the average is for training on. */
export function withAverage(tensors: Tensors): Tensors {
  const names = [...tensors.keys()];
  if (names.some((name) => name.startsWith('model.diffusion_model.'))) return tensors;
  if (!names.some((name) => name.startsWith(prefix))) return tensors;
  return renamed(tensors, (name) => {
    if (!name.startsWith(prefix)) return name;
    const dotted = withDots(name.slice(prefix.length));
    return dotted && `model.diffusion_model.${dotted}`;
  });
}

const part =
  /(?:in_layers|emb_layers|out_layers|skip_connection|transformer_blocks|attn[12]|to_out|to_[qkv]|ff|net|proj_in|proj_out|proj|cond_proj|norm[123]?|op|conv|weight|bias|\d)/y;

/** Null for what is no UNet's. */
function withDots(name: string): string | null {
  const block = /^(input_blocks|output_blocks)(\d+)(\d)|^(middle_block|time_embed|out)(\d?)/.exec(name);
  if (!block) return null;
  const [start, blocks, index, place, single, number] = block;
  const head = blocks === undefined ? [single!, number!].filter(Boolean) : [blocks, index!, place!];
  const rest: string[] = [];
  part.lastIndex = start.length;
  while (part.lastIndex < name.length) {
    const match = part.exec(name);
    if (!match) return null;
    rest.push(match[0]);
  }
  return [...head, ...rest].join('.');
}
