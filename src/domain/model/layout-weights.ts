/**
 * Weights as diffusers and transformers lay them out, before anybody made a graph of them: `unet/diffusion_pytorch_model.safetensors`,
 * `.bin`, in variants (`.fp16.safetensors`) and in shards (`-00001-of-00002`).
 */
import type { LayoutFile, SourceFile } from './model-file.ts';

/** A component's folder in that layout: encoder and decoder of the VAE are one. */
export type WeightFolder = 'text_encoder' | 'unet' | 'vae';

export interface WeightSet {
  /** `fp16`; null for the plain one. */
  readonly variant: string | null;
  readonly files: readonly LayoutFile[];
  readonly totalBytes: number;
}

const namePattern =
  /^(diffusion_pytorch_model|pytorch_model|model)(?:\.([a-z]\w*))?(?:-(\d+)-of-(\d+))?(?:\.([a-z]\w*))?\.(safetensors|bin)$/;

/** Kept for training only, at the full size of the model. */
const forTraining = 'non_ema';

/** What a component is best taken from: the smallest that is complete; of equals, safetensors. Null when there is none. */
export function weightsOf(
  files: readonly SourceFile[],
  prefix: string,
  folder: WeightFolder,
): WeightSet | null {
  const inside = files.filter(({ path }) => path.startsWith(`${prefix}${folder}/`));
  const sets = new Map<string, WeightPart[]>();
  for (const source of inside) {
    const part = partOf(source, `${prefix}${folder}/`);
    if (part) sets.set(part.set, [...(sets.get(part.set) ?? []), part]);
  }
  const complete = [...sets.values()].filter((parts) => parts.length === parts[0]!.of);
  const [best] = complete.map((parts) => ({ parts, cost: costOf(parts) })).sort((a, b) => a.cost - b.cost);
  if (!best) return null;
  return {
    variant: best.parts[0]!.variant,
    files: best.parts.map(({ source, name }) => ({ path: `${folder}/${name}`, source })),
    totalBytes: bytesOf(best.parts),
  };
}

interface WeightPart {
  readonly set: string;
  readonly name: string;
  readonly variant: string | null;
  readonly format: string;
  /** Shards in all. */
  readonly of: number;
  readonly source: SourceFile;
}

function partOf(source: SourceFile, folder: string): WeightPart | null {
  const name = source.path.slice(folder.length);
  const match = namePattern.exec(name);
  if (!match) return null;
  const [, stem = '', before, , of = '1', after, format = ''] = match;
  const variant = before ?? after ?? null;
  if (variant === forTraining) return null;
  const set = `${stem} ${variant} ${of} ${format}`;
  return { set, name, variant, format, of: Number(of), source };
}

const bytesOf = (parts: readonly WeightPart[]) =>
  parts.reduce((sum, { source }) => sum + source.sizeBytes, 0);

/** The same weights differ a little in size from format to format. */
const costOf = (parts: readonly WeightPart[]) =>
  bytesOf(parts) * (parts[0]!.format === 'safetensors' ? 1 : 1.05);
