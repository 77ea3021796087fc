/** A network with what the person added to it: LoRAs in its weights or beside them, embeddings behind its vocabulary. */
import { AppError } from '../../domain/errors.ts';
import type { ModelComponent } from '../../domain/model/model-file.ts';
import type { Network } from '../../domain/weights/checkpoint.ts';
import { withEmbeddings, type Embedding } from '../../domain/weights/embedding.ts';
import type { LoraFit } from '../../domain/weights/lora-changes.ts';
import { besideWeights, type LowRanks } from '../../domain/weights/low-rank.ts';
import { mergeLoras } from '../../domain/weights/merge-lora.ts';
import type { ComponentLoras } from './component-loras.ts';

/** How many of a LoRA's layers a network has, and how many it has not. */
export interface LoraCount {
  readonly name: string;
  readonly applied: number;
  readonly left: number;
}

export interface Merged {
  readonly network: Network;
  /** Where LoRAs stand beside the weights. */
  readonly lowRanks?: LowRanks;
  readonly counts: readonly LoraCount[];
}

/** Throws `model-unsupported` for an embedding of another model, `bad-input` for a LoRA of another model. */
export function merged(
  component: ModelComponent,
  network: Network,
  loras: ComponentLoras,
  embeddings: readonly Embedding[],
): Merged {
  if (component !== 'unet' && component !== 'text_encoder') return { network, counts: [] };
  const add = loras.given ? besideWeights : mergeLoras;
  const added: ReturnType<typeof mergeLoras> & { readonly lowRanks?: LowRanks } = add(
    network.tensors,
    component,
    loras.loras,
  );
  const { tensors, fits, lowRanks } = added;
  if (component === 'unet') fits.forEach(refuseStranger);
  const all = component === 'text_encoder' ? withEmbeddings(tensors, embeddings) : tensors;
  return {
    network: { ...network, tensors: all },
    counts: fits.map(countOf),
    ...(lowRanks && { lowRanks }),
  };
}

const countOf = ({ name, touched, missing, mismatched }: LoraFit): LoraCount => ({
  name,
  applied: touched.length,
  left: missing.length + mismatched.length,
});

/** A LoRA none of whose layers fits would change nothing: that is not what was asked for. */
function refuseStranger({ name, touched, missing, mismatched }: LoraFit): void {
  if (touched.length > 0 || missing.length + mismatched.length === 0) return;
  const message = `The LoRA “${name}” is for another model: none of its ${missing.length + mismatched.length} layers fits this one.`;
  throw new AppError('bad-input', message, { field: 'prompt' });
}
