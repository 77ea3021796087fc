/** Whether a UNet predicts noise or velocity (Salimans & Ho 2022). Most single files of Stable Diffusion 2 do not say. */
import type { Tensors } from './lazy-tensor.ts';

export interface Prediction {
  readonly type: 'epsilon' | 'v_prediction';
  /** Told by the file, or the only one that its family knows; otherwise the likelier of two, and the person is asked. */
  readonly known: boolean;
}

/**
 * `tensors` are the UNet's in diffusers' names. Where nothing tells, the spread of one bias does, as in ComfyUI: trained on velocity it is
 * above 0.09, on noise below. Of other sizes nothing is known, and velocity is assumed, as diffusers does. https://github.com/comfyanonymous/ComfyUI/blob/master/comfy/supported_models.py
 */
export async function predictionOf(
  tensors: Tensors,
  metadata: ReadonlyMap<string, string>,
  linearProjections: boolean,
): Promise<Prediction> {
  const told = toldType(metadata);
  if (told) return { type: told, known: true };
  if (!linearProjections) return { type: 'epsilon', known: true };
  const bias = lastNormBias(tensors);
  const quiet = bias?.shape[0] === 320 && deviation(await bias.float32()) <= 0.09;
  return { type: quiet ? 'epsilon' : 'v_prediction', known: false };
}

/** https://github.com/Stability-AI/ModelSpec, and what diffusers calls it. */
function toldType(metadata: ReadonlyMap<string, string>): Prediction['type'] | null {
  const value = metadata.get('modelspec.prediction_type') ?? metadata.get('prediction_type') ?? '';
  if (/^v(?:_?prediction)?$|^velocity$/i.test(value)) return 'v_prediction';
  return /^eps(?:ilon)?$/i.test(value) ? 'epsilon' : null;
}

function lastNormBias(tensors: Tensors) {
  const names = [...tensors.keys()].filter((name) =>
    /^up_blocks\.\d+\.attentions\.\d+\.transformer_blocks\.0\.norm1\.bias$/.test(name),
  );
  return tensors.get(names.sort().at(-1) ?? '');
}

function deviation(values: Float32Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}
