import type { GraphBuilder, Value } from './graph-builder.ts';
import { add, conv, groupNorm, linear, reshape, silu, type NormOptions } from './layers.ts';

export interface ResnetOptions {
  readonly tensor: string;
  readonly outChannels: number;
  readonly norm: NormOptions;
  /** The activated time embedding, [batch or 1, n]; the autoencoders have none. */
  readonly time?: Value;
}

/** Source: diffusers' `ResnetBlock2D` with its default time embedding and no resampling. */
export function resnet(g: GraphBuilder, x: Value, { tensor, outChannels, norm, time }: ResnetOptions): Value {
  let y = silu(g, groupNorm(g, x, `${tensor}.norm1`, norm));
  y = conv(g, y, `${tensor}.conv1`, outChannels);
  if (time) {
    const shift = linear(g, time, `${tensor}.time_emb_proj`, outChannels);
    y = add(g, y, reshape(g, shift, [time.shape[0]!, outChannels, 1, 1]));
  }
  y = silu(g, groupNorm(g, y, `${tensor}.norm2`, norm));
  y = conv(g, y, `${tensor}.conv2`, outChannels);
  const shortcut = g.has(`${tensor}.conv_shortcut.weight`)
    ? conv(g, x, `${tensor}.conv_shortcut`, outChannels, { kernel: 1 })
    : x;
  return add(g, shortcut, y);
}
