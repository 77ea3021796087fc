/** Which weights a LoRA's layers change: found by names and shapes, before anything is read. */
import { axisOf } from './dora.ts';
import { deltaKind, deltaRows, deltaSize, isConsistent, type DeltaKind } from './lora-delta.ts';
import { ldmLayers } from './ldm-layers.ts';
import { layerKey, type Network } from './lora-names.ts';
import type { Lora, LoraLayer } from './lora.ts';
import { elementCount, type Tensors } from './lazy-tensor.ts';

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

export interface Change {
  readonly layer: LoraLayer;
  readonly kind: DeltaKind | 'bias';
  readonly weight: number;
  /** Which of the LoRAs. */
  readonly owner: number;
}

export interface LoraChanges {
  /** By the weight that is changed, in the order of the LoRAs. */
  readonly changes: ReadonlyMap<string, readonly Change[]>;
  /** One for each LoRA. */
  readonly fits: readonly LoraFit[];
}

/** What does not fit is left out and told. */
export function loraChanges(tensors: Tensors, network: Network, loras: readonly WeightedLora[]): LoraChanges {
  const index = indexOf(tensors);
  const changes = new Map<string, Change[]>();
  const fits = loras.map(({ lora, weight }, owner) => {
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
      const found = changesOf(layer, name, tensors);
      if (found === null) fit.mismatched.push(layer.name);
      for (const [target, kind] of found ?? []) {
        fit.touched.push(target);
        changes.set(target, [...(changes.get(target) ?? []), { layer, kind, weight, owner }]);
      }
    }
    return fit;
  });
  return { changes, fits };
}

/** Layer key, in either spelling of a UNet's layers → name without `.weight`. */
function indexOf(tensors: Tensors): ReadonlyMap<string, string> {
  const layers = [...tensors.keys()]
    .filter((name) => name.endsWith('.weight'))
    .map((name) => name.slice(0, -7));
  const ldm = [...ldmLayers(layers)].map(([layer, name]) => [layerKey(name), layer] as const);
  return new Map([...ldm, ...layers.map((layer) => [layerKey(layer), layer] as const)]);
}

/** Null when the layer does not fit. */
function changesOf(
  layer: LoraLayer,
  name: string,
  tensors: Tensors,
): readonly (readonly [target: string, kind: Change['kind']])[] | null {
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
    ...(kind === null ? [] : [[`${name}.weight`, kind] as const]),
    ...(bias ? [[`${name}.bias`, 'bias'] as const] : []),
  ];
}

/** Null without one; `axis` is null when it does not fit. */
export function magnitudeOf({ parts }: LoraLayer, shape: readonly number[]) {
  const own = parts.get('magnitude');
  if (own) return { tensor: own, axis: elementCount(own.shape) === shape[0] ? ('rows' as const) : null };
  const tensor = parts.get('dora');
  return tensor ? { tensor, axis: axisOf(tensor.shape, shape) } : null;
}
