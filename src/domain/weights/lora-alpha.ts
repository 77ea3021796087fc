/**
 * How strong a LoRA's layer is meant to be, where no tensor says so: diffusers keeps peft's settings in the file's metadata
 * (`lora_adapter_metadata`), peft in a file beside it (`adapter_config.json`).
 */
import { parseLooseJson, type Json } from '../loose-json.ts';
import type { Network } from './lora-names.ts';
import type { WeightFile } from './lazy-tensor.ts';

export interface AlphaSettings {
  /** Null: nothing tells; then it is the rank. */
  readonly alpha: number | null;
  /** What alpha is divided by where no factor has a rank: peft's LoKr with both factors whole. Null: nothing tells. */
  readonly rank: number | null;
  /** Divided by the root of the rank (Kalajdzievski 2023, "rsLoRA"). */
  readonly byRoot: boolean;
}

export function alphaSettings(
  metadata: ReadonlyMap<string, string>,
  adapterConfig?: string,
): (network: Network | null, layer: string) => AlphaSettings {
  const shared = parseLooseJson(metadata.get('lora_adapter_metadata') ?? '');
  const own = parseLooseJson(adapterConfig ?? '');
  return (network, layer) => {
    const read = (key: string) => shared?.[`${network ?? 'unet'}.${key}`] ?? shared?.[key] ?? own?.[key];
    const pattern = byPattern(read('alpha_pattern'), layer);
    // peft's LoHa and LoKr call it by its plain name.
    const alpha = pattern ?? read('lora_alpha') ?? own?.['alpha'];
    const rank = byPattern(read('rank_pattern'), layer) ?? read('r');
    return {
      alpha: typeof alpha === 'number' ? alpha : null,
      rank: typeof rank === 'number' ? rank : null,
      byRoot: read('use_rslora') === true,
    };
  };
}

/** False for a file that peft itself wrote, apart from the settings that tell its strength. */
export function knowsAlpha({ tensors, metadata }: WeightFile, adapterConfig?: string): boolean {
  if (adapterConfig !== undefined || metadata.has('lora_adapter_metadata')) return true;
  const names = [...tensors.keys()];
  return (
    !names.every((name) => name.startsWith('base_model.model.')) ||
    names.some((name) => name.endsWith('.alpha'))
  );
}

/** peft matches a layer by its last parts. */
function byPattern(patterns: unknown, layer: string): number | undefined {
  if (typeof patterns !== 'object' || patterns === null) return undefined;
  for (const [pattern, value] of Object.entries(patterns as Json)) {
    const bare = pattern.replace(/^\^/, '').replace(/^(?:unet|text_encoder)\./, '');
    if (typeof value === 'number' && (layer === bare || layer.endsWith(`.${bare}`))) return value;
  }
  return undefined;
}
