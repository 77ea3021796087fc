/** Weights with LoRAs merged into them, one at a time, when they are read. */
import { toFloat16 } from '../diffusion/float16.ts';
import type { LazyTensor, Tensors } from './lazy-tensor.ts';
import { rescaled } from './dora.ts';
import { loraChanges, magnitudeOf, type Change, type LoraFit, type WeightedLora } from './lora-changes.ts';
import { addDelta, readDelta } from './lora-delta.ts';
import type { Network } from './lora-names.ts';

/** The same tensors; those that a LoRA touches are merged when they are read. What does not fit is left out and told. */
export function mergeLoras(
  tensors: Tensors,
  network: Network,
  loras: readonly WeightedLora[],
): { readonly tensors: Tensors; readonly fits: readonly LoraFit[] } {
  const { changes, fits } = loraChanges(tensors, network, loras);
  return { tensors: withChanges(tensors, changes), fits };
}

function withChanges(tensors: Tensors, changes: ReadonlyMap<string, readonly Change[]>): Tensors {
  return new Map(
    [...tensors].map(([name, tensor]) => {
      const own = changes.get(name)?.filter(({ weight }) => weight !== 0) ?? [];
      return [name, own.length > 0 ? merged(tensor, own) : tensor];
    }),
  );
}

function merged(base: LazyTensor, changes: readonly Change[]): LazyTensor {
  const float32 = async () => {
    let values = await base.float32();
    for (const change of changes) values = await changed(values, base.shape, change);
    return values;
  };
  return {
    // Halves would round what is merged.
    dtype: 'F32',
    shape: base.shape,
    float32,
    float16: async () => toFloat16(await float32()) as Uint16Array<ArrayBuffer>,
  };
}

/** W + weight · Δ; with DoRA, W + weight · (rescaled(W + Δ) − W). */
async function changed(
  values: Float32Array<ArrayBuffer>,
  shape: readonly number[],
  { layer, kind, weight }: Change,
): Promise<Float32Array<ArrayBuffer>> {
  if (kind === 'bias') {
    const delta = await layer.parts.get('diff_b')!.float32();
    for (let at = 0; at < values.length; at++) values[at]! += weight * delta[at]!;
    return values;
  }
  const magnitude = magnitudeOf(layer, shape);
  if (!magnitude?.axis) {
    await addDelta(values, layer, kind, weight);
    return values;
  }
  const whole = await readDelta(layer, kind);
  for (let at = 0; at < whole.length; at++) whole[at]! += values[at]!;
  const target = rescaled(whole, shape, await magnitude.tensor.float32(), magnitude.axis);
  for (let at = 0; at < values.length; at++) values[at]! += weight * (target[at]! - values[at]!);
  return values;
}
