/**
 * LoRAs beside the weights instead of in them: x · W + weight · (x · down) · up. The weight is then a number that a graph is given at each run,
 * and changing it costs nothing. For plain LoRAs; whatever else an adapter may be is merged.
 */
import { toFloat16 } from '../diffusion/float16.ts';
import { loraChanges, type LoraFit, type WeightedLora } from './lora-changes.ts';
import { deltaKind, scaleOf } from './lora-delta.ts';
import { elementCount, type LazyTensor, type Tensors } from './lazy-tensor.ts';
import type { Network } from './lora-names.ts';
import type { Lora, LoraLayer } from './lora.ts';
import { transposed } from './products.ts';

/** What is added beside one weight: the factors of all the LoRAs that change it, by name. */
export interface LowRank {
  /** Each [rank, in, ...kernel]. */
  readonly downs: readonly string[];
  /** Each [rank, out], scaled by alpha. */
  readonly ups: readonly string[];
  readonly ranks: readonly number[];
  /** Which LoRA each is of: its place in the list of them. */
  readonly owners: readonly number[];
}

/** By the weight that they stand beside. */
export type LowRanks = ReadonlyMap<string, LowRank>;

const plainParts: readonly string[] = ['up', 'down', 'alpha'];

/** Whether all that it does to this network is of this form. Tables of words and places are not multiplied, so that theirs is merged. */
export const isLowRank = ({ layers }: Lora, network: Network): boolean =>
  layers.every(
    (layer) =>
      (layer.network !== null && layer.network !== network) ||
      (deltaKind(layer) === 'lora' &&
        [...layer.parts.keys()].every((part) => plainParts.includes(part)) &&
        !/(?:token|position)_embedding$/.test(layer.key)),
  );

/** The same tensors and the factors behind them. `loras` are `isLowRank`; their weights do not matter. */
export function besideWeights(
  tensors: Tensors,
  network: Network,
  loras: readonly WeightedLora[],
): { readonly tensors: Tensors; readonly lowRanks: LowRanks; readonly fits: readonly LoraFit[] } {
  const { changes, fits } = loraChanges(tensors, network, loras);
  const all = new Map(tensors);
  const lowRanks = new Map<string, LowRank>();
  for (const [weight, own] of changes) {
    const [downs, ups] = (['down', 'up'] as const).map((part) => own.map((_, i) => `${weight}.${part}.${i}`));
    own.forEach(({ layer }, i) => {
      all.set(downs![i]!, layer.parts.get('down')!);
      all.set(ups![i]!, scaledUp(layer));
    });
    const ranks = own.map(({ layer }) => layer.parts.get('down')!.shape[0]!);
    lowRanks.set(weight, { downs: downs!, ups: ups!, ranks, owners: own.map(({ owner }) => owner) });
  }
  return { tensors: all, lowRanks, fits };
}

function scaledUp(layer: LoraLayer): LazyTensor {
  const up = layer.parts.get('up')!;
  const rows = up.shape[0] ?? 1;
  const rank = elementCount(up.shape) / rows;
  const float32 = async () => {
    const values = transposed(await up.float32(), rows, rank);
    const scale = await scaleOf(layer, 'lora');
    for (let at = 0; at < values.length; at++) values[at]! *= scale;
    return values;
  };
  return {
    dtype: 'F32',
    shape: [rank, rows],
    float32,
    float16: async () => toFloat16(await float32()) as Uint16Array<ArrayBuffer>,
  };
}
