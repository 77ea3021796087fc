/** Weights with LoRAs merged into them, one at a time, when they are read. */
import { toFloat16 } from '../diffusion/float16.ts';
import { elementCount, type LazyTensor, type Tensors } from './lazy-tensor.ts';
import { axisOf, rescaled } from './dora.ts';
import {
  addDelta,
  deltaKind,
  deltaRows,
  deltaSize,
  isConsistent,
  readDelta,
  type DeltaKind,
} from './lora-delta.ts';
import { layerKey, type Network } from './lora-names.ts';
import type { Lora, LoraLayer } from './lora.ts';

export interface WeightedLora {
  readonly lora: Lora;
  /** What the person chose; may be negative. */
  readonly weight: number;
}

/** What became of a LoRA's layers in one network. */
export interface LoraFit {
  readonly name: string;
  /** Names of the weights that it changes. */
  readonly touched: readonly string[];
  /** Layers that this network does not have, though the file says they are its. */
  readonly missing: readonly string[];
  /** Layers that have another size here. */
  readonly mismatched: readonly string[];
}

interface Change {
  readonly layer: LoraLayer;
  readonly kind: DeltaKind | 'bias';
  readonly weight: number;
}

/** The same tensors; those that a LoRA touches are merged when they are read. What does not fit is left out and told. */
export function mergeLoras(
  tensors: Tensors,
  network: Network,
  loras: readonly WeightedLora[],
): { readonly tensors: Tensors; readonly fits: readonly LoraFit[] } {
  const index = indexOf(tensors);
  const changes = new Map<string, Change[]>();
  const fits = loras.map(({ lora, weight }) => {
    const fit = {
      name: lora.name,
      touched: [] as string[],
      missing: [] as string[],
      mismatched: [] as string[],
    };
    for (const layer of lora.layers) {
      if (layer.network !== null && layer.network !== network) continue;
      const name = index.get(layer.key);
      if (name === undefined) {
        if (layer.network === network) fit.missing.push(layer.name);
        continue;
      }
      const found = changesOf(layer, name, tensors, weight);
      if (found === null) fit.mismatched.push(layer.name);
      for (const [target, change] of found ?? []) {
        fit.touched.push(target);
        changes.set(target, [...(changes.get(target) ?? []), change]);
      }
    }
    return fit;
  });
  return { tensors: withChanges(tensors, changes), fits };
}

/** Layer key → name without `.weight`. */
function indexOf(tensors: Tensors): ReadonlyMap<string, string> {
  const layers = [...tensors.keys()]
    .filter((name) => name.endsWith('.weight'))
    .map((name) => name.slice(0, -7));
  return new Map(layers.map((layer) => [layerKey(layer), layer]));
}

/** Null when the layer does not fit. */
function changesOf(
  layer: LoraLayer,
  name: string,
  tensors: Tensors,
  weight: number,
): readonly (readonly [target: string, change: Change])[] | null {
  const base = tensors.get(`${name}.weight`)!;
  const kind = deltaKind(layer);
  const fits =
    kind !== null &&
    isConsistent(layer, kind) &&
    magnitudeOf(layer, base.shape)?.axis !== null &&
    deltaSize(layer, kind) === elementCount(base.shape) &&
    deltaRows(layer, kind) === (base.shape[0] ?? 1);
  const bias = layer.parts.get('diff_b');
  const biasFits =
    bias && elementCount(bias.shape) === elementCount(tensors.get(`${name}.bias`)?.shape ?? [0]);
  if ((kind !== null && !fits) || (kind === null && !bias) || biasFits === false) return null;
  return [
    ...(kind === null ? [] : [[`${name}.weight`, { layer, kind, weight }] as const]),
    ...(bias ? [[`${name}.bias`, { layer, kind: 'bias', weight }] as const] : []),
  ];
}

/** Null without one; `axis` is null when it does not fit. */
function magnitudeOf({ parts }: LoraLayer, shape: readonly number[]) {
  const own = parts.get('magnitude');
  if (own) return { tensor: own, axis: elementCount(own.shape) === shape[0] ? ('rows' as const) : null };
  const tensor = parts.get('dora');
  return tensor ? { tensor, axis: axisOf(tensor.shape, shape) } : null;
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
