import { AppError } from '../../domain/errors.ts';
import type { Embedding } from './embedding.ts';
import type { Session, TensorInfo } from '../runtime/runtime.ts';
import { numberTensor, toFloat32 } from '../runtime/tensor-types.ts';

/**
 * Runs the text encoder on one chunk of token ids, BOS to padding. Throws `model-unsupported` for an input or output that no CLIP text encoder has.
 */
export async function encodeIds(session: Session, ids: readonly number[]): Promise<Embedding> {
  const feeds = session.inputs.map((input) => {
    const values = valuesFor(input, ids);
    return [input.name, numberTensor(input, values, [1, ids.length])] as const;
  });
  const output = await session.run(Object.fromEntries(feeds), hiddenStates(session).name);
  const [, tokens = 0, width = 0] = output.dims;
  return { data: toFloat32(output), tokens, width };
}

function valuesFor({ name }: TensorInfo, ids: readonly number[]): readonly number[] {
  if (name === 'input_ids') return ids;
  // Stable Diffusion attends to the padding too.
  if (name === 'attention_mask') return ids.map(() => 1);
  throw new AppError(
    'model-unsupported',
    `The text encoder asks for "${name}", which this app does not know.`,
  );
}

/** Beside the states, [batch, tokens, width], many exports give the pooled output, [batch, width]. */
function hiddenStates({ outputs }: Session): TensorInfo {
  const output =
    outputs.find(({ name }) => name === 'last_hidden_state') ??
    outputs.find(({ shape }) => shape.length === 3);
  if (!output) throw new AppError('model-unsupported', 'The text encoder has no output of hidden states.');
  return output;
}
